using MessagingServices.Server.Emulator;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>The servers that share the database with this one.</summary>
internal sealed class PeerNodes(IDbContextFactory<MessagingDb> databases, NodeId process, TimeProvider real)
{
    /// <summary>The longest until <see cref="ClockSync"/> has read a change everywhere, with something to spare.</summary>
    public static readonly TimeSpan Following = TimeSpan.FromMilliseconds(300);

    /// <summary>Waits until the other servers have read the clock's row as it was just saved; not at all when there are none.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            if (!await db.ServerNodes.AnyAsync(other => other.Id != process.Id, cancellation)) return;
        }

        await Task.Delay(Following, real, cancellation);
    }
}
