using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>One database transaction of a stage: rows are locked in it, decided on, and written by one <see cref="WriteBatch"/>.</summary>
internal sealed class MessageTransaction(
    MessagingDb db, IDbContextTransaction transaction, SidSource sids, MessageTelemetry telemetry) : IAsyncDisposable
{
    private readonly TraceStart began = telemetry.Arrive();

    /// <summary>Reads and locks within the transaction.</summary>
    public MessagingDb Db => db;

    /// <summary>What is written when it commits.</summary>
    public WriteBatch Batch { get; } = new(sids);

    /// <summary>Writes the batch and commits.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        await Batch.SaveAsync((NpgsqlTransaction)transaction.GetDbTransaction(), cancellation);
        await transaction.CommitAsync(cancellation);
        if (Batch.Added.Count > 0) telemetry.Added(Batch.Added, began);
        telemetry.Moved(Batch.Moves, began);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await db.DisposeAsync();
    }
}

/// <summary>Opens the transactions of stages and of use cases that move messages.</summary>
internal sealed partial class MessageTransactions(
    IDbContextFactory<MessagingDb> databases, SidSource sids, MessageTelemetry telemetry, ILogger<MessageTransactions> logger)
{
    /// <summary>Begins a transaction under the <see cref="TransactionSettings"/>.</summary>
    public async Task<MessageTransaction> BeginAsync(CancellationToken cancellation)
    {
        var db = await databases.CreateDbContextAsync(cancellation);
        try
        {
            var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.Database.ExecuteSqlRawAsync(TransactionSettings.Sql, cancellation);
            return new(db, transaction, sids, telemetry);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Takes a message that a stage cannot move out of its queue, so that the others move on. It fails with 30008, or is undelivered if it was
    /// sent; a message that cannot even be written stays as it is. One that another server has moved meanwhile is left alone.
    /// </summary>
    /// <param name="sid">The message.</param>
    /// <param name="queue">The queue that it waits in; null when it waits for a report of the carrier.</param>
    /// <param name="now">The emulator's time.</param>
    /// <param name="failure">What happened when it was moved.</param>
    internal async Task QuarantineAsync(Sid sid, MessageStage? queue, DateTimeOffset now, Exception failure)
    {
        LogSetAside(sid, queue, failure);
        try
        {
            await EndAsync(sid, queue, fail: now);
        }
        catch (Exception again) when (!TransientErrors.IsIn(again))
        {
            LogNotFailed(sid, again);
            await EndAsync(sid, queue, fail: null);
        }
    }

    private async Task EndAsync(Sid sid, MessageStage? queue, DateTimeOffset? fail)
    {
        await using var work = await BeginAsync(CancellationToken.None);
        if (!await work.Db.LockIfWaitingAsync(sid, queue, CancellationToken.None)) return;
        if (fail is { } now && (await work.Db.LockMessagesAsync([sid], CancellationToken.None)).SingleOrDefault() is { } message
            && MessageStatuses.Next[message.Status] is var next
            && next.Intersect([MessageStatus.Failed, MessageStatus.Undelivered]).ToList() is [var end])
            work.Batch.Move(message, message.Status, message.TransitionTo(end, now, MessagingError.UnknownFailure.Code));
        if (queue is null) work.Batch.EndDelivery(sid);
        else work.Batch.Unqueue(sid);
        await work.CommitAsync(CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Error, "Message {Message} cannot be moved on from {Queue} and is set aside")]
    private partial void LogSetAside(Sid message, MessageStage? queue, Exception failure);

    [LoggerMessage(LogLevel.Error, "Message {Message} is set aside as it is")]
    private partial void LogNotFailed(Sid message, Exception failure);
}
