
namespace MessagingServices.Server.Data.Queues;

/// <summary>
/// A message that a stage must work on. This narrow row beside the wide message is what stages look for and lock: ten times cheaper, and the message
/// needs no index on anything that moves.
/// </summary>
internal sealed class QueuedMessage
{
    /// <summary>The message.</summary>
    public Sid MessageSid { get; init; }

    /// <summary>The stage that must work on it.</summary>
    public MessageStage Stage { get; init; }

    /// <summary>When, on the emulator's clock.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>Whether that is its turn at its sender, where throughput is simulated: it joined the sender's queue already.</summary>
    public bool HasTurn { get; init; }

    /// <summary>The first place of a new message that needs no media.</summary>
    public static QueuedMessage Of(Message message) => new()
    {
        MessageSid = message.Sid,
        Stage = message.Status == MessageStatus.Queued ? MessageStage.HandToCarrier : MessageStage.SelectSender,
        Due = message.SendAt ?? message.DateCreated,
    };
}

/// <summary>What a message in the queue waits for.</summary>
internal enum MessageStage
{
    /// <summary>A sender; scheduled messages wait here for their time.</summary>
    SelectSender,

    /// <summary>Its turn to be handed to the carrier.</summary>
    HandToCarrier,
}
