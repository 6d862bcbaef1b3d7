using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>The servers that share the database with this one.</summary>
internal sealed class PeerNodes(IDbContextFactory<MessagingDb> databases, NodeId process, TimeProvider real)
{
    /// <summary>The longest time until every server has noticed a reset, with a margin.</summary>
    public static readonly TimeSpan Following = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Waits until the other servers have read the number of resets; returns immediately when there are none.
    /// </summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            if (!await db.ServerNodes.AnyAsync(other => other.Id != process.Id, cancellation)) return;
        }

        await Task.Delay(Following, real, cancellation);
    }
}
