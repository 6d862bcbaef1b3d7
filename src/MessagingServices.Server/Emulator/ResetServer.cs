using MessagingServices.Server.Provisioning;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Resets the server to its initial state, for example between two tests.</summary>
internal sealed class ResetServer(
    DatabaseReset database, ResetClock clock, SeedAgain seed, AccountOptions account, ResetPropagation propagation)
{
    /// <summary>
    /// Removes all messages, their history and the carrier rules. The server sends none of their webhooks after the
    /// task has ended. A message that is accepted during the reset is either removed or kept, in both cases completely.
    /// </summary>
    /// <exception cref="TwilioException">
    /// 20503 when the database is too busy; the reset removes nothing then.
    /// </exception>
    public async Task MessagesAsync(CancellationToken cancellation)
    {
        await database.ClearMessagesAsync(
            db => db.PoolSenders.Where(sender => sender.LastUsed != 0)
                .ExecuteUpdateAsync(sender => sender.SetProperty(s => s.LastUsed, 0), cancellation), cancellation);
        await propagation.ApplyEverywhereAsync(cancellation);
    }

    /// <summary>
    /// Removes everything except the configured account, resets the clock and applies the seed again.
    /// </summary>
    /// <exception cref="TwilioException">
    /// 20503 when the database is too busy; the clock may be reset already.
    /// </exception>
    public async Task EverythingAsync(CancellationToken cancellation)
    {
        await clock.ResetAsync(cancellation);
        await database.ClearEverythingAsync(
            async db =>
            {
                await db.Accounts.Where(other => other.Sid != account.Sid).ExecuteDeleteAsync(cancellation);
                await seed.ApplyAsync(db, cancellation);
            }, cancellation);
        await propagation.ApplyEverywhereAsync(cancellation);
    }
}
