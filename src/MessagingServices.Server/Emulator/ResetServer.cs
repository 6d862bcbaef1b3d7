using MessagingServices.Server.Provisioning;
using MessagingServices.Server.Seeding;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Puts the server back to its beginning, for the next test.</summary>
internal sealed class ResetServer(DatabaseReset truncation, ResetClock resetClock, Seed seed, AccountOptions account, ResetPropagation followReset)
{
    /// <summary>
    /// Removes all messages, what came of them, and the carrier rules; none of their callbacks is posted once the task has ended. Messages
    /// that are accepted meanwhile are removed or stay, wholly in either case.
    /// </summary>
    /// <exception cref="TwilioException">20503 when the database is too busy; nothing is removed then.</exception>
    public async Task MessagesAsync(CancellationToken cancellation)
    {
        await truncation.OfMessagesAsync(
            db => db.PoolSenders.Where(sender => sender.LastUsed != 0)
                .ExecuteUpdateAsync(sender => sender.SetProperty(s => s.LastUsed, 0), cancellation), cancellation);
        await followReset.EverywhereAsync(cancellation);
    }

    /// <summary>Removes everything but the configured account, sets the clock back to its beginning and applies the seed again.</summary>
    /// <exception cref="TwilioException">20503 when the database is too busy; only the clock may be set back then.</exception>
    public async Task EverythingAsync(CancellationToken cancellation)
    {
        await resetClock.ResetAsync(cancellation);
        await truncation.OfEverythingAsync(
            async db =>
            {
                await db.Accounts.Where(other => other.Sid != account.Sid).ExecuteDeleteAsync(cancellation);
                await seed.ApplyAsync(db, force: true, cancellation);
            }, cancellation);
        await followReset.EverywhereAsync(cancellation);
    }
}
