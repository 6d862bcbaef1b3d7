using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Pipeline;

/// <summary>The servers that share the database with this one.</summary>
public sealed class OtherServers(IDbContextFactory<MessagingDb> databases, ThisProcess process, TimeProvider real)
{
    /// <summary>The longest until <see cref="FollowClock"/> has read a change everywhere, with something to spare.</summary>
    public static readonly TimeSpan Following = TimeSpan.FromMilliseconds(300);

    /// <summary>Waits until the other servers have read the clock's row as it was just saved; not at all when there are none.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            if (!await db.ServerProcesses.AnyAsync(other => other.Id != process.Id, cancellation)) return;
        }

        await Task.Delay(Following, real, cancellation);
    }
}
