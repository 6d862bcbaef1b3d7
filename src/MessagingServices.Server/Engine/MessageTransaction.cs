using MessagingServices.Server.Telemetry;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// One database transaction of a stage, or of a use case that moves messages: it locks rows, decides on them, and
/// writes one <see cref="WriteBatch"/>. Its commit wakes the stages whose queues the batch fed, and starts the status
/// callbacks that this server delivers from memory.
/// </summary>
internal sealed class MessageTransaction(
    MessagingDb db, WriteBatch batch, OwnedWork owned, CommitEffects effects) : IAsyncDisposable
{
    private readonly TraceStart began = effects.Start();
    private readonly IDbContextTransaction transaction = db.Database.CurrentTransaction!;
    private bool isApplied;

    /// <summary>Reads and locks within the transaction.</summary>
    public MessagingDb Db => db;

    /// <summary>What the commit writes.</summary>
    public WriteBatch Batch => batch;

    /// <summary>The messages of the transaction that are in this server's memory.</summary>
    public OwnedWork Owned => owned;

    /// <summary>What the stage has read first; null for nothing.</summary>
    public ITransactionOpening? Opening { get; set; }

    /// <summary>The transaction was committed.</summary>
    public event Action? Committed;

    /// <summary>Npgsql's own transaction, for statements that EF Core does not make.</summary>
    public NpgsqlTransaction Npgsql => (NpgsqlTransaction)transaction.GetDbTransaction();

    /// <summary>Reads what the stage reads first.</summary>
    public async Task OpenAsync(ITransactionOpening? opening, CancellationToken cancellation)
    {
        Opening = opening;
        if (opening is null) return;
        await using var commands = new NpgsqlBatch(Npgsql.Connection, Npgsql);
        opening.AddCommands(commands.BatchCommands);
        await using var reader = await commands.ExecuteReaderAsync(cancellation);
        await opening.ReadAsync(reader, cancellation);
    }

    /// <summary>No stage has anything more to do with a message of the message queue.</summary>
    public void End(Sid message)
    {
        if (!owned.TryContinue(message, next: null)) batch.MessageQueue.Remove(message);
    }

    /// <summary>Writes the batch, commits, and wakes the stages that have work now.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        await owned.PrepareAsync(cancellation);
        owned.MayDifferFromDatabase = true;
        try
        {
            await SaveAndCommitAsync(cancellation);
        }
        catch (ConcurrencyException)
        {
            await transaction.RollbackAsync(CancellationToken.None);
            owned.ChangedByOthers = await batch.Messages.FindChangedAsync(db, cancellation);
            owned.MayDifferFromDatabase = false;
            throw;
        }
        catch (PostgresException refused) when (refused.InvariantSeverity == "ERROR")
        {
            // PostgreSQL has rejected a statement, so it has not executed the commit behind it.
            owned.MayDifferFromDatabase = false;
            throw;
        }

        isApplied = true;
        effects.Publish(batch, db);
        owned.Apply();
        Committed?.Invoke();
        effects.Apply(batch, began);
    }

    private async Task SaveAndCommitAsync(CancellationToken cancellation)
    {
        if (!db.ChangeTracker.Entries().Any())
        {
            await batch.SaveAndCommitAsync(Npgsql, cancellation);
            return;
        }

        using var write = batch.BeginWrite();
        // EF Core has written too. Its interceptor wakes stages only after a commit of EF Core.
        await batch.SaveAsync(Npgsql.Connection!, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await db.DisposeAsync();
        if (owned.MayDifferFromDatabase && !isApplied) effects.Doubt(batch);
        owned.End();
    }
}
