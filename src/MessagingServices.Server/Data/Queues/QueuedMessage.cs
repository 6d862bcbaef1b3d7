namespace MessagingServices.Server.Data.Queues;

/// <summary>
/// A message that waits for a stage. Stages search and lock this narrow row instead of the wide message, which is ten
/// times cheaper. The message table then needs no index on columns that change often.
/// </summary>
internal sealed class QueuedMessage
{
    public Sid MessageSid { get; init; }

    public Sid AccountSid { get; init; }

    /// <summary>The stage that the message waits for.</summary>
    public MessageStage Stage { get; init; }

    /// <summary>When the stage may take the message, on the clock of its account.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>When that is in real time; see <c>QueueWakes</c>. Set when the row is written.</summary>
    public DateTimeOffset Wake { get; set; }

    /// <summary>
    /// Whether <see cref="Due"/> is a send slot that the message has reserved, with simulated throughput.
    /// </summary>
    public bool HasSlot { get; init; }

    /// <summary>Makes the first queue entry of a new message that does not wait for media.</summary>
    public static QueuedMessage Of(Message message) => new()
    {
        MessageSid = message.Sid,
        AccountSid = message.AccountSid,
        Stage = message.Status == MessageStatus.Queued ? MessageStage.HandToCarrier : MessageStage.SelectSender,
        Due = message.SendAt ?? message.DateCreated,
    };
}

/// <summary>The stages that messages in the queue wait for.</summary>
internal enum MessageStage
{
    /// <summary>The message needs a sender. Scheduled messages wait here until their send time.</summary>
    SelectSender,

    /// <summary>The message has a sender, and the server must hand it to the carrier.</summary>
    HandToCarrier,
}
