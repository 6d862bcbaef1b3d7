using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Sets the emulator's clock to its beginning, for all servers. Nothing else ever makes it go back.</summary>
internal sealed class ResetClock(IDbContextFactory<MessagingDb> databases, EmulatorClock clock, PeerNodes others, TimeProvider real)
{
    /// <summary>Sets it; all servers go by it, and no request is under way that does not, when the task ends.</summary>
    public async Task ResetAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow();
        await using (var db = await databases.CreateDbContextAsync(cancellation))
            await clock.ChangeAsync(db, (_, _) => Task.FromResult(clock.Beginning()), cancellation);

        // A message that has its time from before the clock went back, and is committed after the tables are emptied, would wait for that
        // time to come again.
        if (clock.GetUtcNow() < before) await Task.Delay(PeerNodes.Following, real, cancellation);
        else await others.FollowAsync(cancellation);
    }
}
