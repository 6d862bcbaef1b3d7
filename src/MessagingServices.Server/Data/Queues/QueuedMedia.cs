namespace MessagingServices.Server.Data.Queues;

/// <summary>
/// A message whose media must be fetched. Such messages wait apart from the others, since fetching takes seconds and is claimed: endpoint
/// by endpoint, so that a dead one holds up only its own.
/// </summary>
internal sealed class QueuedMedia
{
    /// <summary>The message.</summary>
    public Sid MessageSid { get; init; }

    /// <summary>Scheme, host and port that its first medium is fetched from.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Since when, on the emulator's clock.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>What will stand for each medium in its link; null when there will be no links.</summary>
    public IReadOnlyList<string>? LinkTokens { get; init; }

    /// <summary>Its turn at its sender, where throughput is simulated and it has joined the sender's queue already; null otherwise.</summary>
    public DateTimeOffset? Turn { get; init; }

    /// <summary>What becomes of an inbound message once they are there; null for one that is sent.</summary>
    public InboundRoute? Inbound { get; init; }

    /// <summary>The <see cref="ServerNode"/> that fetches them; null when it is free.</summary>
    public Guid? ClaimedBy { get; init; }

    /// <summary>The place in the queue of a message that has its sender.</summary>
    /// <param name="message">The message.</param>
    /// <param name="due">Since when it waits.</param>
    /// <param name="linkTokens">What will stand for each medium in its link, if anything.</param>
    /// <param name="turn">Its turn at its sender, if it has one already.</param>
    public static QueuedMedia Of(Message message, DateTimeOffset due, IReadOnlyList<string>? linkTokens = null, DateTimeOffset? turn = null) =>
        new() { MessageSid = message.Sid, Endpoint = Webhook.EndpointOf(message.MediaUrls[0]), Due = due, LinkTokens = linkTokens, Turn = turn };

    /// <summary>The place in the queue of a message that has come in.</summary>
    public static QueuedMedia Of(Message message, InboundRoute inbound) =>
        new() { MessageSid = message.Sid, Endpoint = Webhook.EndpointOf(message.MediaUrls[0]), Due = message.DateCreated, Inbound = inbound };
}
