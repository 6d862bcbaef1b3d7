namespace MessagingServices.Server.Data.Queues;

/// <summary>A pending webhook in the queue.</summary>
internal sealed class QueuedWebhook
{
    public Sid WebhookSid { get; init; }

    /// <summary>The SID of the message. The server delivers the webhooks of one message one after the other.</summary>
    public Sid MessageSid { get; init; }

    /// <summary>The position in the queue, which the database assigns.</summary>
    public long Ordinal { get; init; }

    /// <summary>Scheme, host and port of the webhook's URL.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>The <see cref="ServerNode"/> that delivers the webhook; null when the row is not claimed.</summary>
    public Guid? ClaimedBy { get; init; }

    /// <summary>When the webhook was enqueued, in real time by the database's clock.</summary>
    public DateTimeOffset QueuedAt { get; init; }

    /// <summary>When a server claimed the row, in real time; null when the row is not claimed.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>Makes the queue entry of a webhook, after all others.</summary>
    public static QueuedWebhook Of(Webhook webhook) => new()
    {
        WebhookSid = webhook.Sid,
        MessageSid = webhook.MessageSid,
        Endpoint = Webhook.EndpointOf(webhook.Url),
    };
}
