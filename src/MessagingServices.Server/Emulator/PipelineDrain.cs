using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Waits until all servers use a changed clock, and until their stages have processed the work of its account that a
/// move has made due. It never waits for the work of another account.
/// </summary>
internal sealed class PipelineDrain(
    IDbContextFactory<MessagingDb> databases, UnfinishedWork work, EmulatorClock clock, PipelineSignals signals,
    Polling polling)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>The maximum wait for servers that hang.</summary>
    private static readonly TimeSpan FollowTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The maximum wait without progress.</summary>
    public static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Waits until the other servers use the changed clock; returns immediately when there are none.</summary>
    public Task FollowAsync(ClockState changed, CancellationToken cancellation) => polling.UntilAsync(
        async cancelled =>
        {
            await using var db = await databases.CreateDbContextAsync(cancelled);
            return await db.IsBehindAsync(changed, work.Node, hasFinished: false, cancelled);
        }, isBehind => !isBehind, FollowTimeout, PollInterval, cancellation);

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
        for (long? before = null; ; )
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
            return await db.CountPendingWorkAsync(moved.AccountSid, clock.RealNow, cancelled);
        }
    }
}
