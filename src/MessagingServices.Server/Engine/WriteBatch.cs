using MessagingServices.Server.Data.Queues;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Everything that one step changes, for hundreds of messages at once. It is saved in one round trip: each table by one
/// statement over arrays. One such statement writes 100,000 rows a second, where one SaveChanges for each message
/// writes 6,300.
/// </summary>
/// <param name="sids">Makes the SIDs of new rows.</param>
/// <param name="clock">The clocks, by which new rows of queues are due.</param>
/// <param name="maybeStored">See <see cref="IBatchPart.AddCommands"/>.</param>
internal sealed class WriteBatch(SidSource sids, EmulatorClock clock, bool maybeStored = false)
{
    private readonly Dictionary<Type, IBatchPart> parts = [];

    /// <summary>New messages, and messages that change their status.</summary>
    public MessageRows Messages => Part<MessageRows>();

    /// <summary>The rows of the message queue: the next stage of each message.</summary>
    public MessageQueueRows MessageQueue => Part<MessageQueueRows>();

    /// <summary>The messages whose media must be fetched.</summary>
    public MediaQueueRows MediaQueue => Part<MediaQueueRows>();

    /// <summary>The new webhooks that the batch stores.</summary>
    public IEnumerable<Webhook> StoredWebhooks =>
        parts.TryGetValue(typeof(WebhookRows), out var part) ? ((WebhookRows)part).Stored : [];

    /// <summary>The queues that the batch feeds.</summary>
    public WorkQueues Feeds => parts.Values.Aggregate(WorkQueues.None, (feeds, part) => feeds | part.Feeds);

    /// <summary>The rows of a feature, to add to.</summary>
    public TPart Part<TPart>() where TPart : class, IBatchPart, new()
    {
        if (!parts.TryGetValue(typeof(TPart), out var part))
            parts.Add(typeof(TPart), part = new TPart { Clock = clock });
        return (TPart)part;
    }

    /// <summary>A SID for a new row; see <see cref="SidPrefix"/>.</summary>
    public Sid NewSid(string prefix) => sids.New(prefix);

    /// <summary>Adds a new message to be sent; it waits for its first stage.</summary>
    /// <param name="message">The message.</param>
    /// <param name="owner">The server that has it in its memory; null if it waits in a queue.</param>
    public void Send(Message message, NodeId? owner = null)
    {
        Messages.Insert(message);
        if (owner is not null) Part<OwnedRows>().Add(message.Sid, owner);
        else if (message is { Status: MessageStatus.Queued, MediaUrls.Count: > 0 }) MediaQueue.Add(
            QueuedMedia.Of(message, message.DateCreated));
        else MessageQueue.Add(QueuedMessage.Of(message));
    }

    /// <summary>Changes a message's status, and enqueues the callback for it.</summary>
    /// <param name="message">The message with its new status.</param>
    /// <param name="was">The status that it had when it was read.</param>
    /// <param name="callback">The status callback; null when the application gets none.</param>
    public void Move(Message message, MessageStatus was, StatusCallback? callback)
    {
        Messages.Move(message, was);
        if (callback is not null) Part<WebhookRows>().Add(new NewCallback(new(callback), callback));
    }

    /// <summary>Enqueues a webhook.</summary>
    /// <param name="webhook">Makes the webhook from its SID and its idempotency token.</param>
    public void Enqueue(Func<Sid, Guid, Webhook> webhook) =>
        Part<WebhookRows>().Add(webhook(sids.New(SidPrefix.Webhook), SidSource.NewToken()));

    /// <summary>
    /// Writes everything and commits. PostgreSQL commits the statements by itself, which saves a round trip and two
    /// statements.
    /// </summary>
    /// <inheritdoc cref="SaveAndCommitAsync"/>
    public Task SaveAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        ExecuteAsync(new(connection), cancellation);

    /// <summary>Writes everything and commits, in one round trip. Nothing is committed if a statement fails.</summary>
    /// <exception cref="ConcurrencyException">A message no longer had the status that it was read with; nothing is
    /// committed.</exception>
    public Task SaveAndCommitAsync(NpgsqlTransaction transaction, CancellationToken cancellation) =>
        ExecuteAsync(new(transaction.Connection, transaction), cancellation, new NpgsqlBatchCommand("COMMIT"));

    /// <summary>
    /// Begins a write whose commit is not that of this batch. Dispose the result after the commit; see
    /// <see cref="ClockUses"/>.
    /// </summary>
    public IDisposable BeginWrite() => clock.Uses.Begin();

    private async Task ExecuteAsync(
        NpgsqlBatch statements, CancellationToken cancellation, NpgsqlBatchCommand? last = null)
    {
        await using var batch = statements;
        using var write = BeginWrite();
        foreach (var part in parts.Values.OrderBy(part => part.Step))
            part.AddCommands(batch.BatchCommands, maybeStored);
        if (last is not null) batch.BatchCommands.Add(last);
        if (batch.BatchCommands.Count == 0) return;
        try
        {
            await batch.ExecuteNonQueryAsync(cancellation);
            StandbyWarnings.ThrowIfAny(batch.Connection!);
        }
        catch (PostgresException failure) when (failure.IsDivisionByZero())
        {
            throw new ConcurrencyException();
        }
    }
}

/// <summary>Makes batches.</summary>
internal sealed class WriteBatches(SidSource sids, EmulatorClock clock)
{
    /// <summary>A batch that is empty.</summary>
    /// <param name="maybeStored">See <see cref="IBatchPart.AddCommands"/>.</param>
    public WriteBatch New(bool maybeStored = false) => new(sids, clock, maybeStored);
}

/// <summary>
/// Another server changed a message first. The stage or use case repeats its work with the stored rows.
/// </summary>
internal sealed class ConcurrencyException() : Exception("Another server changed a message of the batch first.");
