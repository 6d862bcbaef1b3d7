using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Resets and deletes accounts. A task is stored first, so that another server finishes what this one began. The rows
/// that clients can see are removed before it answers, in small batches that no other account waits for; then every
/// server forgets what its memory has of them.
/// </summary>
internal sealed class RemoveAccounts(
    IDbContextFactory<MessagingDb> databases, AccountTasks tasks, AccountWork work, ResetClock clock, Polling polling)
    : IDisposable
{
    /// <summary>Each takes up to three of the server's connections to the database; requests need the others.</summary>
    private const int AtOnce = 8;

    /// <summary>A server that does not follow for so long is gone or hangs.</summary>
    private static readonly TimeSpan FollowTimeout = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Rows that stay locked for so long are removed in the background.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private const string StillHeld =
        "Other transactions of the database hold rows of the account. The reset goes on; do it again to know its end";

    private readonly SemaphoreSlim places = new(AtOnce);

    /// <summary>
    /// Removes the account's messages with all that they have left. No server sends any of their webhooks after the
    /// task has ended. A message that is accepted meanwhile is either removed or kept, in both cases completely.
    /// </summary>
    /// <exception cref="TwilioException">20503 when rows other than messages stay locked.</exception>
    public Task ResetMessagesAsync(Sid account, CancellationToken cancellation) =>
        ResetAsync(account, AccountTaskKind.ResetMessages, cancellation);

    /// <summary>
    /// Removes everything of the account but its keys and subaccounts, resets its clock, and applies the seed again if
    /// it is the configured account.
    /// </summary>
    public async Task ResetEverythingAsync(Sid account, CancellationToken cancellation)
    {
        await clock.ResetAsync(account, cancellation);
        await ResetAsync(account, AccountTaskKind.ResetEverything, cancellation);
    }

    /// <summary>
    /// Deletes a subaccount with all that is its own. Its credentials are unknown at once here, and within a second on
    /// other servers.
    /// </summary>
    /// <param name="owner">The parent.</param>
    /// <param name="account">The subaccount.</param>
    /// <param name="cancellation">Cancels it before it begins.</param>
    /// <returns>False if the parent has no such subaccount.</returns>
    public async Task<bool> DeleteAsync(Sid owner, Sid account, CancellationToken cancellation) =>
        await RunAsync(
            account,
            db => db.InTransactionAsync(
                async () =>
                {
                    if (await db.Accounts.Where(found => found.Sid == account && found.OwnerSid == owner)
                        .ExecuteDeleteAsync(cancellation) != 1) return null;
                    db.NoteChange(new(EventTypes.AccountUpdated, owner, account.Value)
                    {
                        Subject = new DeletedThing(account, owner),
                    });
                    return await db.AddAccountTaskAsync(account, AccountTaskKind.Delete, cancellation);
                }, cancellation),
            cancellation);

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();

    private Task<bool> ResetAsync(Sid account, AccountTaskKind kind, CancellationToken cancellation) => RunAsync(
        account, async db => await db.AddAccountTaskAsync(account, kind, cancellation), cancellation);

    private async Task<bool> RunAsync(
        Sid account, Func<MessagingDb, Task<AccountTask?>> addAsync, CancellationToken cancellation)
    {
        if (await StartAsync(account, addAsync, cancellation) is not { } task) return false;
        await polling.UntilAsync(
            cancelled => tasks.IsFollowedByAllAsync(task, cancelled), followed => followed, FollowTimeout, PollInterval,
            CancellationToken.None);
        return true;
    }

    private async Task<AccountTask?> StartAsync(
        Sid account, Func<MessagingDb, Task<AccountTask?>> addAsync, CancellationToken cancellation)
    {
        // A request that waits for the lock of its account must not keep a place from requests for other accounts.
        while (true)
        {
            await places.WaitAsync(cancellation);
            try
            {
                await using var alone = await tasks.TryLockAsync(account, cancellation);
                if (alone is not null) return await WorkAsync(addAsync, cancellation);
            }
            finally
            {
                places.Release();
            }

            await Task.Delay(PollInterval, cancellation);
        }
    }

    private async Task<AccountTask?> WorkAsync(
        Func<MessagingDb, Task<AccountTask?>> addAsync, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var task = await addAsync(db);
        if (task is null) return null;
        // A caller that leaves does not end it: another server would only do it again.
        await tasks.SupersedeAsync(task, CancellationToken.None);
        var progress = await work.RunAsync(task, Patience, CancellationToken.None);
        if (progress == AccountProgress.Begun && task.Kind != AccountTaskKind.Delete)
            throw new TwilioException(new(MessagingError.Unavailable, StillHeld));
        return task;
    }
}
