using MessagingServices.Server.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// One database transaction of a stage, or of a use case that moves messages: it locks rows, decides on them, and
/// writes one <see cref="WriteBatch"/>. Its commit wakes the stages whose queues the batch fed, and starts the status
/// callbacks that this server delivers from memory.
/// </summary>
internal sealed class MessageTransaction(
    MessagingDb db, WriteBatch batch, IWebhookOwner webhooks, MessageTelemetry telemetry, PipelineSignals signals)
    : IAsyncDisposable
{
    private readonly TraceStart began = telemetry.Start();
    private readonly IDbContextTransaction transaction = db.Database.CurrentTransaction!;

    /// <summary>Reads and locks within the transaction.</summary>
    public MessagingDb Db => db;

    /// <summary>What the commit writes.</summary>
    public WriteBatch Batch => batch;

    /// <summary>Npgsql's own transaction, for statements that EF Core does not make.</summary>
    public NpgsqlTransaction Npgsql => (NpgsqlTransaction)transaction.GetDbTransaction();

    /// <summary>Writes the batch, commits, and wakes the stages that have work now.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        var rows = batch.Part<WebhookRows>();
        rows.Claim = await webhooks.ClaimAsync(rows.Callbacks, cancellation);
        try
        {
            await batch.SaveAsync(Npgsql.Connection!, Npgsql, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch
        {
            rows.Claim?.Abandon();
            throw;
        }

        rows.Claim?.Start();
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
    IDbContextFactory<MessagingDb> databases, SidSource sids, IWebhookOwner webhooks, MessageTelemetry telemetry,
    PipelineSignals signals)
{
    /// <summary>Begins a transaction under the <see cref="TransactionSettings"/>.</summary>
    public async Task<MessageTransaction> BeginAsync(CancellationToken cancellation)
    {
        var db = await databases.CreateDbContextAsync(cancellation);
        try
        {
            await db.Database.BeginTransactionAsync(cancellation);
            await db.Database.ExecuteSqlRawAsync(TransactionSettings.Sql, cancellation);
            return new(db, new(sids), webhooks, telemetry, signals);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
