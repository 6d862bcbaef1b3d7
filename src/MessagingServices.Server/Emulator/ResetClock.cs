using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Resets the emulator's clock to its initial state, for all servers. No other operation moves it back.
/// </summary>
internal sealed class ResetClock(
    IDbContextFactory<MessagingDb> databases, EmulatorClock clock, PeerNodes peers, TimeProvider real)
{
    /// <summary>
    /// Resets the clock. When the task ends, all servers use the new time, and no request with the old time is running.
    /// </summary>
    public async Task ResetAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow();
        await using (var db = await databases.CreateDbContextAsync(cancellation))
            await clock.ChangeAsync(
                db, (state, _) => Task.FromResult(clock.Beginning(state.MoveCount + 1)), cancellation);

        // A message may have a time from before the reset and be committed after the tables are emptied. It would then
        // wait until the clock reaches that time again.
        if (clock.GetUtcNow() < before) await Task.Delay(PeerNodes.Following, real, cancellation);
        else await peers.FollowAsync(cancellation);
    }
}
