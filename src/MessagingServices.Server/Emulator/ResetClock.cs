using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Resets the clock of an account to its initial state, for all servers. No other operation moves it back.
/// </summary>
internal sealed class ResetClock(
    IDbContextFactory<MessagingDb> databases, EmulatorClock clock, QueueWakes queues, PipelineDrain drain,
    TimeProvider real)
{
    /// <summary>
    /// Resets the clock. When the task ends, all servers use the new time, and no request with the old time is running.
    /// </summary>
    public async Task ResetAsync(Sid account, CancellationToken cancellation)
    {
        var before = clock.Now(account);
        ClockState reset;
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            reset = await clock.ChangeAsync(
                db, account, (state, _) => clock.Beginning(account).After(state), cancellation);
        }

        // Stored: a caller that leaves must not leave it half done.
        await queues.CorrectAsync(account, CancellationToken.None);
        await drain.FollowAsync(reset, CancellationToken.None);
        // A message may have a time from before the reset and be committed after the tables are emptied. It would then
        // wait until the clock reaches that time again.
        if (clock.Now(account) < before) await Task.Delay(PeerNodes.Following, real, CancellationToken.None);
    }
}
