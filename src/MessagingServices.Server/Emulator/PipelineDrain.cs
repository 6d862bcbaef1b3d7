using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Waits until the stages of all servers have processed the work that a move of the clock has made due.
/// </summary>
internal sealed class PipelineDrain(
    IDbContextFactory<MessagingDb> databases, UnfinishedWork work, EmulatorClock clock, PipelineSignals signals,
    Polling polling)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>The maximum wait without progress.</summary>
    public static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Wakes the stages and waits for them. It does not wait for messages accepted after the move, so it also ends
    /// under load.
    /// </summary>
    /// <param name="moved">The clock after the move.</param>
    /// <param name="cancellation">Ends the wait. The stages continue.</param>
    /// <returns>
    /// True when the stages have processed the work; false when they made no progress for the timeout.
    /// </returns>
    public async Task<bool> DrainAsync(ClockState moved, CancellationToken cancellation)
    {
        signals.Wake(WorkQueues.All);
        for (var before = await CountAsync(cancellation); ; )
        {
            var isPending = await polling.UntilAsync(
                cancelled => work.IsPendingAsync(moved, cancelled), pending => !pending, StallTimeout, PollInterval,
                cancellation);
            if (!isPending) return true;
            var remaining = await CountAsync(cancellation);
            if (remaining >= before) return false;
            before = remaining;
        }

        async Task<long> CountAsync(CancellationToken cancelled)
        {
            await using var db = await databases.CreateDbContextAsync(cancelled);
            return await db.CountPendingWorkAsync(clock.GetUtcNow(), cancelled);
        }
    }
}
