using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// After a reset on any server, makes every server forget the removed messages, drop their webhooks and its cached
/// Messaging Services.
/// </summary>
internal sealed class ResetPropagation(
    IDbContextFactory<MessagingDb> databases,
    EmulatorClock clock,
    RemovedMessages removed,
    PeerNodes peers)
{
    private readonly Lock gate = new();
    private long appliedCount = clock.State.ResetCount;
    private Task applying = Task.CompletedTask;

    /// <summary>
    /// Applies a new reset on this server, if the last read of the clock's row contains one. The task ends when this
    /// server sends no more webhooks of removed messages.
    /// </summary>
    public Task ApplyLocallyAsync()
    {
        lock (gate)
        {
            var count = clock.State.ResetCount;
            if (count > appliedCount)
            {
                appliedCount = count;
                applying = removed.ForgetAsync();
            }

            // A concurrent call may still be applying the reset.
            return applying;
        }
    }

    /// <summary>
    /// Call this after the commit of a reset. The task ends when no server sends webhooks of removed messages.
    /// </summary>
    public async Task ApplyEverywhereAsync(CancellationToken cancellation)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellation))
            await clock.RefreshAsync(db, cancellation);
        await ApplyLocallyAsync();
        await peers.FollowAsync(cancellation);
    }
}
