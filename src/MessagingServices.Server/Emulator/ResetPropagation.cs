using MessagingServices.Server.Engine;
using MessagingServices.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Makes servers forget the callbacks of messages, and the Messaging Services, that a reset, of whichever server, has removed.</summary>
internal sealed class ResetPropagation(
    IDbContextFactory<MessagingDb> databases, EmulatorClock clock, MessagingServiceCache services, WebhookDispatcher callbacks,
    PeerNodes others)
{
    private readonly Lock gate = new();
    private long followed = clock.State.ResetCount;
    private Task following = Task.CompletedTask;

    /// <summary>Forgets them here if the clock, as last read, tells of a reset that is not yet followed; ends when no more are posted.</summary>
    public Task HereAsync()
    {
        lock (gate)
        {
            var count = clock.State.ResetCount;
            if (count > followed)
            {
                followed = count;
                services.ForgetAll();
                following = callbacks.CancelAllAsync();
            }

            // Somebody else may be in the middle of it.
            return following;
        }
    }

    /// <summary>A reset was committed: ends when no server posts callbacks of what it has removed.</summary>
    public async Task EverywhereAsync(CancellationToken cancellation)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellation))
            await clock.RefreshAsync(db, cancellation);
        await HereAsync();
        await others.FollowAsync(cancellation);
    }
}
