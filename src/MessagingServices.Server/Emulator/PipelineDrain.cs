using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Waits until the stages, of whichever server, have worked what a move of the clock has made due.</summary>
internal sealed class PipelineDrain(IDbContextFactory<MessagingDb> databases, EmulatorClock clock, PipelineSignals signals, Polling polling)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);

    /// <summary>The longest that the stages are waited for while no less is left to do.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Wakes the stages and waits for them. Messages accepted after the move are not waited for, so that it ends under load too.
    /// </summary>
    /// <param name="moved">The clock's time before and after the move.</param>
    /// <param name="cancellation">Ends the wait, not the work.</param>
    /// <returns>Whether everything is worked; false when for as long as the patience nothing became less.</returns>
    public async Task<bool> FinishAsync((DateTimeOffset Before, DateTimeOffset After) moved, CancellationToken cancellation)
    {
        signals.Wake(WorkQueues.All);
        for (var left = await CountAsync(cancellation); ; )
        {
            if (!await polling.UntilAsync(IsUnfinishedAsync, unfinished => !unfinished, Patience, Rest, cancellation)) return true;
            var now = await CountAsync(cancellation);
            if (now >= left) return false;
            left = now;
        }

        async Task<long> CountAsync(CancellationToken ask)
        {
            await using var db = await databases.CreateDbContextAsync(ask);
            return await db.CountUnworkedAsync(clock.GetUtcNow(), ask);
        }

        async Task<bool> IsUnfinishedAsync(CancellationToken ask)
        {
            await using var db = await databases.CreateDbContextAsync(ask);
            return await db.IsWorkUnfinishedAsync(clock.GetUtcNow(), moved, ask);
        }
    }
}
