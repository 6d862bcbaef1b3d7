using System.Data.Common;
using MessagingServices.Server.Data.Queues;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// A stage that moves due messages in batches. A message that cannot be moved must not stop the others: a batch that fails is halved, and a
/// message that fails alone, three times in a row, is set aside. An outage of the database is nobody's fault and changes nothing.
/// </summary>
/// <param name="transactions">The database.</param>
/// <param name="queue">The queue that it works off; null for the carrier's reports.</param>
/// <param name="clock">What messages live by.</param>
internal abstract class BatchStage(MessageTransactions transactions, MessageStage? queue, EmulatorClock clock) : PipelineStage
{
    private const int BatchSize = 200;

    /// <summary>Something that passes, such as a lock that another server holds, hardly lasts for the two pauses in between.</summary>
    private const int Tries = 3;

    private int size = BatchSize;
    private IReadOnlyCollection<Sid> taken = [];
    private Sid suspect;
    private int failures;

    /// <summary>The database.</summary>
    protected MessageTransactions Transactions => transactions;

    /// <summary>What messages live by.</summary>
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
            catch (Exception failure) when (taken.Count == 1 && IsPoisonMessage(failure) && HasFailedEnough(taken.Single()))
            {
                await transactions.QuarantineAsync(suspect, queue, clock.GetUtcNow(), failure);
                return 1;
            }
        }
    }

    /// <summary>Moves up to <paramref name="limit"/> messages that are due, the longest due first, and tells of them by <see cref="Take"/>.</summary>
    /// <returns>How many were due.</returns>
    protected abstract Task<int> MoveAsync(int limit, CancellationToken cancellation);

    /// <summary>These messages are worked on now: one of them is at fault for what is thrown from here on.</summary>
    protected void Take(IEnumerable<Sid> messages) => taken = [.. messages];

    private bool HasFailedEnough(Sid alone)
    {
        failures = alone == suspect ? failures + 1 : 1;
        suspect = alone;
        return failures >= Tries;
    }

    /// <summary>Whether a message is at fault for the failure, which would come again.</summary>
    internal static bool IsPoisonMessage(Exception failure) => failure switch
    {
        PostgresException refused => refused.IsRowError(),
        DbException or OperationCanceledException => false,
        _ => !TransientErrors.IsIn(failure),
    };
}
