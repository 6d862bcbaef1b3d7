using MessagingServices.Server.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// One database transaction of a stage, or of a use case that moves messages: it locks rows, decides on them, and
/// writes one <see cref="WriteBatch"/>. Its commit wakes the stages whose queues the batch fed.
/// </summary>
internal sealed class MessageTransaction(
    MessagingDb db, IDbContextTransaction transaction, WriteBatch batch, MessageTelemetry telemetry,
    PipelineSignals signals)
    : IAsyncDisposable
{
    private readonly TraceStart began = telemetry.Start();

    /// <summary>Reads and locks within the transaction.</summary>
    public MessagingDb Db => db;

    /// <summary>The rows that the commit writes.</summary>
    public WriteBatch Batch => batch;

    /// <summary>Npgsql's own transaction, for statements that EF Core does not make.</summary>
    public NpgsqlTransaction Npgsql => (NpgsqlTransaction)transaction.GetDbTransaction();

    /// <summary>Writes the batch, commits, and wakes the stages that have work now.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        await batch.SaveAsync(Npgsql.Connection!, Npgsql, cancellation);
        await transaction.CommitAsync(cancellation);
        signals.Wake(batch.Feeds);
        if (batch.Messages.Inserted.Count > 0) telemetry.Added(batch.Messages.Inserted, began);
        telemetry.Moved(batch.Messages.Moves, began);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await db.DisposeAsync();
    }
}

/// <summary>Begins the transactions of stages and of use cases that move messages.</summary>
internal sealed class MessageTransactions(
    IDbContextFactory<MessagingDb> databases, SidSource sids, MessageTelemetry telemetry, PipelineSignals signals)
{
    /// <summary>Begins a transaction under the <see cref="TransactionSettings"/>.</summary>
    public async Task<MessageTransaction> BeginAsync(CancellationToken cancellation)
    {
        var db = await databases.CreateDbContextAsync(cancellation);
        try
        {
            var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.Database.ExecuteSqlRawAsync(TransactionSettings.Sql, cancellation);
            return new(db, transaction, new(sids), telemetry, signals);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
