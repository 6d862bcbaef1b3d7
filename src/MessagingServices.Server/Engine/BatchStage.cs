using System.Data.Common;
using System.Diagnostics;
using MessagingServices.Server.Data.Queues;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// A stage that moves due messages in batches: first those in this server's memory, then those of its queue in the
/// database. A poison message must not stop the others: a batch that fails is halved, and a message that fails alone,
/// three times in a row, is quarantined. An outage of the database is no message's fault and changes nothing.
/// </summary>
internal abstract class BatchStage(StageServices services)
    : PipelineStage, IMessageHolder
{
    private const int BatchSize = 200;

    /// <summary>While messages come from memory, the queue in the database is read less often.</summary>
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MemoryInUse = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A passing fault, such as a lock of another server, rarely lasts for the two pauses in between.
    /// </summary>
    public const int Tries = 3;

    private int size = BatchSize;
    private IReadOnlyCollection<Sid> taken = [];
    private bool areOwned;
    private Sid suspect;
    private int failures;
    private long lastRead;
    private bool hadRows;
    private long? lastTaken;

    protected OwnedMessages Memory => services.Memory;

    protected EmulatorClock Clock => services.Clock;

    /// <inheritdoc/>
    public sealed override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        while (true)
        {
            taken = [];
            try
            {
                var found = await MoveAsync(size, cancellation);
                size = Math.Min(2 * size, BatchSize);
                return found;
            }
            catch (OwnershipLostException lost) when (!lost.IsServerRemoved)
            {
                // Those that are still in memory wait again, so the next attempt is about fewer messages.
            }
            catch (ConcurrencyException) when (areOwned && taken.Count == 1 && !Memory.Contains(taken.Single()))
            {
                // The message was removed or released meanwhile: that is no failure.
            }
            catch (Exception failure) when (taken.Count > 1 && IsPoisonMessage(failure))
            {
                size = taken.Count / 2;
            }
            catch (Exception failure) when (taken.Count == 1 && IsPoisonMessage(failure)
                && Memory.Contains(taken.Single()))
            {
                // It comes back in the queue, and is quarantined there if it fails again.
                Memory.Release(taken);
            }
            catch (Exception failure) when (taken.Count == 1 && IsPoisonMessage(failure)
                && HasFailedEnough(taken.Single()))
            {
                await services.Quarantine.AddAsync(this, suspect, failure);
                return 1;
            }
        }
    }

    /// <inheritdoc/>
    public abstract Task<bool> LockIfWaitingAsync(MessagingDb db, Sid message, CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract void Remove(WriteBatch batch, Sid message);

    /// <summary>The rows of its queue in the database, in SQL as they follow FROM.</summary>
    protected abstract string Rows { get; }

    /// <summary>Takes due messages from memory, the longest due first.</summary>
    protected abstract IReadOnlyList<OwnedMessage> TakeOwned(int limit);

    /// <summary>Locks due messages of the queue in the database, the longest due first.</summary>
    protected abstract Task<IReadOnlyList<DueMessage>> LockDueAsync(
        MessageTransaction work, int limit, CancellationToken cancellation);

    /// <summary>Moves due messages. The caller commits.</summary>
    protected abstract Task MoveAsync(
        MessageTransaction work, IReadOnlyList<DueMessage> due, CancellationToken cancellation);

    /// <summary>What it reads first in the transaction on these messages; null for nothing.</summary>
    protected virtual ITransactionOpening? OpeningFor(IReadOnlyCollection<Message> messages) => null;

    /// <summary>The stage whose messages it takes from memory; null for reports of the carrier.</summary>
    protected virtual MessageStage? Stage => null;

    private async Task<int> MoveAsync(int limit, CancellationToken cancellation)
    {
        var moved = await MoveOwnedAsync(limit, cancellation);
        return IsReadDue(moved > 0) ? moved + await MoveQueuedAsync(limit, cancellation) : moved;
    }

    private async Task<int> MoveOwnedAsync(int limit, CancellationToken cancellation)
    {
        var owned = TakeOwned(limit);
        if (owned.Count == 0) return 0;
        lastTaken = Stopwatch.GetTimestamp();
        (taken, areOwned) = ([.. owned.Select(message => message.Message.Sid)], true);
        var opening = OpeningFor([.. owned.Select(message => message.Message)]);
        await ReadAccountsAsync(owned, cancellation);
        await using var work = await services.Transactions.BeginAsync(Stage, owned, opening, cancellation);
        await MoveAsync(work, [.. work.Owned.Taken.Select(DueMessage.Of)], cancellation);
        await work.CommitAsync(CancellationToken.None);
        return owned.Count;
    }

    // Before the transaction. Within it, a read of an account that is not cached waits for a second connection, and
    // requests that wait for the locks of the transaction may hold all of them.
    private async Task ReadAccountsAsync(IReadOnlyList<OwnedMessage> owned, CancellationToken cancellation)
    {
        try
        {
            await services.Accounts.FindAllAsync(owned.Select(one => one.Message.AccountSid), cancellation);
        }
        catch
        {
            Memory.PutBack(Stage, owned);
            throw;
        }
    }

    private async Task<int> MoveQueuedAsync(int limit, CancellationToken cancellation)
    {
        (taken, areOwned) = ([], false);
        lastRead = Stopwatch.GetTimestamp();
        // A server whose messages stay in its memory never reads the queue, nor compiles the queries for it.
        if (!hadRows && !(hadRows = await services.Database.HasQueuedRowsAsync(Rows, cancellation))) return 0;
        await using var work = await services.Transactions.BeginAsync(cancellation);
        var due = await LockDueAsync(work, limit, cancellation);
        if (due.Count == 0) return 0;
        taken = [.. due.Select(message => message.Sid)];
        await work.OpenAsync(OpeningFor([.. due.Select(entry => entry.Message).OfType<Message>()]), cancellation);
        await MoveAsync(work, due, cancellation);
        await work.CommitAsync(CancellationToken.None);
        return due.Count;
    }

    private bool IsReadDue(bool hasMoved)
    {
        var isMemoryInUse = lastTaken is { } last && Stopwatch.GetElapsedTime(last) < MemoryInUse;
        return !isMemoryInUse || Stopwatch.GetElapsedTime(lastRead) >= (hasMoved ? 2 * BetweenReads : BetweenReads);
    }

    private bool HasFailedEnough(Sid alone)
    {
        failures = alone == suspect ? failures + 1 : 1;
        suspect = alone;
        return failures >= Tries;
    }

    /// <summary>Whether a message is the cause of the failure, so that a repeat would fail too.</summary>
    public static bool IsPoisonMessage(Exception failure) => failure switch
    {
        PostgresException refused => refused.IsRowError(),
        DbException or OperationCanceledException or OwnershipLostException => false,
        _ => !DatabaseErrors.IsTransient(failure),
    };
}
