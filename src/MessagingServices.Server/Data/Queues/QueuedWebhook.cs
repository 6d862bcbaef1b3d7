namespace MessagingServices.Server.Data.Queues;

/// <summary>A webhook still to be made.</summary>
internal sealed class QueuedWebhook
{
    /// <summary>The webhook.</summary>
    public Sid WebhookSid { get; init; }

    /// <summary>Its message: the webhooks of one message are made one after the other.</summary>
    public Sid MessageSid { get; init; }

    /// <summary>The place in the order of becoming due, given by the database.</summary>
    public long Ordinal { get; init; }

    /// <summary>Scheme, host and port that it goes to.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>The <see cref="ServerNode"/> that makes it; null when it is free.</summary>
    public Guid? ClaimedBy { get; init; }

    /// <summary>When it came into the queue, in real time, by the database's clock.</summary>
    public DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it was claimed, in real time; null when it is free.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }
}
