using MessagingServices.Server.Data.Queues;

namespace MessagingServices.Server.Engine;

/// <summary>A stage that works on the message queue.</summary>
/// <inheritdoc/>
internal abstract class MessageQueueStage(MessageStage stage, StageServices services) : BatchStage(services)
{
    private readonly ClaimCursor<QueuedMessage> cursor = new(
        "message_queue", EnumNames<MessageStage>.Of(stage), entry => (entry.AccountSid, entry.Due, entry.Wake));

    /// <inheritdoc/>
    public sealed override WorkQueues Queue => MessageQueueRows.QueueOf(stage);

    /// <inheritdoc/>
    protected sealed override MessageStage? Stage => stage;

    /// <inheritdoc/>
    protected sealed override string Rows => $"message_queue WHERE stage = '{EnumNames<MessageStage>.Of(stage)}'";

    /// <inheritdoc/>
    public sealed override Task<bool> LockIfWaitingAsync(MessagingDb db, Sid message, CancellationToken cancellation) =>
        db.LockQueuedAsync(message, stage, cancellation);

    /// <inheritdoc/>
    public sealed override void Remove(WriteBatch batch, Sid message) => batch.MessageQueue.Remove(message);

    /// <summary>Whether this server may take messages of the queue now.</summary>
    protected virtual Task<bool> MayLockAsync(MessagingDb db, CancellationToken cancellation) => Task.FromResult(true);

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<OwnedMessage> TakeOwned(int limit) => Memory.Take(stage, limit);

    /// <inheritdoc/>
    protected sealed override async Task<IReadOnlyList<DueMessage>> LockDueAsync(
        MessageTransaction work, int limit, CancellationToken cancellation)
    {
        if (!await MayLockAsync(work.Db, cancellation)) return [];
        var due = await cursor.LockDueAsync(work.Db, Clock, limit, cancellation);
        if (due.Count == 0) return [];
        var messages = (await work.Db.LockMessagesAsync(due.Select(entry => entry.MessageSid), cancellation))
            .ToDictionary(message => message.Sid);
        return
        [
            .. due.Select(entry => new DueMessage(
                entry.MessageSid, messages.GetValueOrDefault(entry.MessageSid), entry.Due) { HasSlot = entry.HasSlot }),
        ];
    }
}
