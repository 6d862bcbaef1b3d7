namespace MessagingServices.Server.Data.Queues;

/// <summary>A pending webhook in the queue.</summary>
internal sealed class QueuedWebhook
{
    public Sid WebhookSid { get; init; }

    public Sid AccountSid { get; init; }

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

    /// <summary>What the webhook rules have decided; null if they have not been asked.</summary>
    public WebhookStep? Step { get; init; }

    /// <summary>
    /// The row is not claimed before this time, in real time by the database's clock; null if it may be claimed now.
    /// </summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Makes the queue entry of a webhook, after all others.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="step">What is decided already; null to ask the webhook rules.</param>
    public static QueuedWebhook Of(Webhook webhook, WebhookStep? step = null) => new()
    {
        Step = step,
        WebhookSid = webhook.Sid,
        AccountSid = webhook.AccountSid,
        MessageSid = webhook.MessageSid,
        Endpoint = Webhook.EndpointOf(webhook.Url),
    };
}

/// <summary>How far a webhook in the queue has come that the webhook rules were asked for.</summary>
internal enum WebhookStep
{
    /// <summary>It is sent when it is claimed, and made again if its fault says so.</summary>
    Decided,

    /// <summary>It waits until <see cref="QueuedWebhook.NotBefore"/>, and so do later ones of its message.</summary>
    Delayed,

    /// <summary>
    /// It waits until a later one of its message has ended, at most until <see cref="QueuedWebhook.NotBefore"/>. Later
    /// ones pass it.
    /// </summary>
    Held,

    /// <summary>It was acknowledged and is made again; nothing follows from the response.</summary>
    Repeated,

    /// <summary>The emulator API delivers it again: no rule applies.</summary>
    Replayed,
}
