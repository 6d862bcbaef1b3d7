namespace MessagingServices.Server.Data.Queues;

/// <summary>
/// A message whose media the server must fetch. Fetching takes seconds and uses claims, so these messages have a queue
/// of their own. Servers claim by endpoint, so an endpoint that is down delays only its own messages.
/// </summary>
internal sealed class QueuedMedia
{
    public Sid MessageSid { get; init; }

    public Sid AccountSid { get; init; }

    /// <summary>Scheme, host and port of the first media item's URL.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>When the wait began, on the clock of the account.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>The link token of each media item; null when the message will contain no links.</summary>
    public IReadOnlyList<string>? LinkTokens { get; init; }

    /// <summary>
    /// The send slot that the message has reserved; null when it has none or throughput is not simulated.
    /// </summary>
    public DateTimeOffset? Slot { get; init; }

    /// <summary>The route of an inbound message after its media are fetched; null for an outbound message.</summary>
    public InboundRoute? Inbound { get; init; }

    /// <summary>The <see cref="ServerNode"/> that fetches the media; null when the row is not claimed.</summary>
    public Guid? ClaimedBy { get; init; }

    /// <summary>Makes the queue entry of an outbound message that has its sender.</summary>
    /// <param name="message">An outbound message with media URLs.</param>
    /// <param name="due">When the wait began.</param>
    /// <param name="linkTokens">The link token of each media item; null when the message will contain no links.</param>
    /// <param name="slot">The send slot that the message has reserved, if any.</param>
    public static QueuedMedia Of(
        Message message, DateTimeOffset due, IReadOnlyList<string>? linkTokens = null, DateTimeOffset? slot = null) =>
        new()
        {
            MessageSid = message.Sid,
            AccountSid = message.AccountSid,
            Endpoint = Webhook.EndpointOf(message.MediaUrls[0]),
            Due = due,
            LinkTokens = linkTokens,
            Slot = slot,
        };

    /// <summary>Makes the queue entry of an inbound message.</summary>
    public static QueuedMedia Of(Message message, InboundRoute inbound) => new()
    {
        MessageSid = message.Sid,
        AccountSid = message.AccountSid,
        Endpoint = Webhook.EndpointOf(message.MediaUrls[0]),
        Due = message.DateCreated,
        Inbound = inbound,
    };
}
