using System.Data.Common;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// A stage that moves due messages in batches. A poison message must not stop the others: a batch that fails is halved,
/// and a message that fails alone, three times in a row, is quarantined. An outage of the database is no message's
/// fault and changes nothing.
/// </summary>
/// <param name="transactions">Begins the stage's transactions.</param>
/// <param name="quarantine">Takes poison messages.</param>
/// <param name="clock">The emulator's clock.</param>
internal abstract class BatchStage(MessageTransactions transactions, Quarantine quarantine, EmulatorClock clock)
    : PipelineStage
{
    private const int BatchSize = 200;

    /// <summary>
    /// A passing fault, such as a lock of another server, rarely lasts for the two pauses in between.
    /// </summary>
    private const int Tries = 3;

    private int size = BatchSize;
    private IReadOnlyCollection<Sid> taken = [];
    private Sid suspect;
    private int failures;

    protected MessageTransactions Transactions => transactions;

    protected EmulatorClock Clock => clock;

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
            catch (Exception failure) when (taken.Count > 1 && IsPoisonMessage(failure))
            {
                size = taken.Count / 2;
            }
            catch (Exception failure) when (taken.Count == 1 && IsPoisonMessage(failure)
                && HasFailedEnough(taken.Single()))
            {
                await quarantine.AddAsync(this, suspect, clock.GetUtcNow(), failure);
                return 1;
            }
        }
    }

    /// <summary>
    /// Locks the row of a message in this stage's queue. False when the message is no longer in the queue.
    /// </summary>
    public abstract Task<bool> LockIfWaitingAsync(MessagingDb db, Sid message, CancellationToken cancellation);

    /// <summary>Removes a message from this stage's queue.</summary>
    public abstract void Remove(WriteBatch batch, Sid message);

    /// <summary>
    /// Moves up to <paramref name="limit"/> due messages, the longest due first, and names them with
    /// <see cref="Take"/>.
    /// </summary>
    /// <returns>The number of due messages.</returns>
    protected abstract Task<int> MoveAsync(int limit, CancellationToken cancellation);

    /// <summary>The stage works on these messages now: one of them causes any exception from here on.</summary>
    protected void Take(IEnumerable<Sid> messages) => taken = [.. messages];

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
        DbException or OperationCanceledException => false,
        _ => !TransientErrors.IsTransient(failure),
    };
}
