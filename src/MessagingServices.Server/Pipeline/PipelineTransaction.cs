using MessagingServices.Server.Persistence;
using MessagingServices.Server.Persistence.Batches;
using MessagingServices.Server.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace MessagingServices.Server.Pipeline;

/// <summary>One database transaction of a stage: rows are locked in it, decided on, and written by one <see cref="MessageBatch"/>.</summary>
internal sealed class PipelineTransaction(
    MessagingDb db, IDbContextTransaction transaction, SidSource sids, MessageTelemetry telemetry) : IAsyncDisposable
{
    private readonly Arrival began = telemetry.Arrive();

    public MessagingDb Db => db;

    public MessageBatch Batch { get; } = new(sids);

    public async Task CommitAsync(CancellationToken cancellation)
    {
        await Batch.SaveAsync((NpgsqlTransaction)transaction.GetDbTransaction(), cancellation);
        await transaction.CommitAsync(cancellation);
        telemetry.Moved(Batch.Moved, began);
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await db.DisposeAsync();
    }
}

/// <summary>Opens the transactions of stages and of use cases that move messages.</summary>
public sealed class PipelineTransactions(IDbContextFactory<MessagingDb> databases, SidSource sids, MessageTelemetry telemetry)
{
    internal async Task<PipelineTransaction> BeginAsync(CancellationToken cancellation)
    {
        var db = await databases.CreateDbContextAsync(cancellation);
        try
        {
            return new(db, await db.Database.BeginTransactionAsync(cancellation), sids, telemetry);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
