using MessagingServices.Server.Data.Queues;

namespace MessagingServices.Server.Engine;

/// <summary>A stage that works on the message queue.</summary>
/// <inheritdoc/>
internal abstract class MessageQueueStage(
    MessageStage stage, MessageTransactions transactions, Quarantine quarantine, EmulatorClock clock)
    : BatchStage(transactions, quarantine, clock)
{
    /// <inheritdoc/>
    public sealed override WorkQueues Queue => MessageQueueRows.QueueOf(stage);

    /// <inheritdoc/>
    public sealed override Task<bool> LockIfWaitingAsync(MessagingDb db, Sid message, CancellationToken cancellation) =>
        db.LockQueuedAsync(message, stage, cancellation);

    /// <inheritdoc/>
    public sealed override void Remove(WriteBatch batch, Sid message) => batch.MessageQueue.Remove(message);
}
