namespace MessagingServices.Server.Data.Queues;

/// <summary>
/// A pending webhook of a suspended account. It waits here, and not in the queue, until the account is active again.
/// </summary>
internal sealed class HeldWebhook
{
    public Sid WebhookSid { get; init; }

    public Sid AccountSid { get; init; }

    public Sid MessageSid { get; init; }

    /// <summary>The position that it had in the queue.</summary>
    public long Ordinal { get; init; }

    /// <summary>Scheme, host and port of the webhook's URL.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>What the webhook rules have decided; null if they have not been asked.</summary>
    public WebhookStep? Step { get; init; }

    /// <summary>When the webhook was enqueued, in real time by the database's clock.</summary>
    public DateTimeOffset QueuedAt { get; init; }
}
