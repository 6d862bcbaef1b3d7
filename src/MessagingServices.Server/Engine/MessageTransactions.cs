using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>Begins the transactions of stages and of use cases that move messages.</summary>
internal sealed class MessageTransactions(
    IDbContextFactory<MessagingDb> databases, WriteBatches batches, OwnedMessages memory, IWebhookOwner webhooks,
    CommitEffects effects)
{
    /// <summary>Begins a transaction under the <see cref="TransactionSettings"/>.</summary>
    public Task<MessageTransaction> BeginAsync(CancellationToken cancellation) =>
        BeginAsync(stage: null, [], opening: null, cancellation);

    /// <summary>Begins a transaction on messages that a stage has taken from memory.</summary>
    /// <param name="stage">The stage, to put the messages back; null for reports of the carrier.</param>
    /// <param name="taken">The messages.</param>
    /// <param name="opening">What the stage reads first; null for nothing.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="OwnershipLostException">The messages are no longer this server's.</exception>
    public async Task<MessageTransaction> BeginAsync(
        MessageStage? stage, IReadOnlyList<OwnedMessage> taken, ITransactionOpening? opening,
        CancellationToken cancellation)
    {
        var batch = batches.New();
        OwnedWork owned = new(memory, webhooks, batch, stage, taken);
        MessagingDb? db = null;
        try
        {
            db = await databases.CreateDbContextAsync(cancellation);
            var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (taken.Count == 0) await db.Database.ExecuteSqlRawAsync(TransactionSettings.Sql, cancellation);
            // The server may have registered again since the messages were taken. It has forgotten them before.
            else if (!await ((NpgsqlTransaction)transaction.GetDbTransaction()).ShareAsync(
                memory.Node, opening, cancellation))
                throw new OwnershipLostException(isServerRemoved: true);
            else if (!memory.ContainsAll(taken)) throw new OwnershipLostException(isServerRemoved: false);
            return new(db, batch, owned, effects) { Opening = opening };
        }
        catch
        {
            if (db is not null) await db.DisposeAsync();
            owned.End();
            throw;
        }
    }
}
