using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Releases senders of any kind.</summary>
internal static class SenderRelease
{
    /// <summary>
    /// Takes a sender from its account. It leaves its pool, and its sticky senders end. The Messaging Service is locked
    /// before the sender, as in all code that adds a sender to a pool or selects one.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="account">The account.</param>
    /// <param name="sid">The sender.</param>
    /// <param name="lockSender">Locks the sender; null when the account has no such sender.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>False when the account has no such sender.</returns>
    public static async Task<bool> ReleaseSenderAsync<TSender>(
        this MessagingDb db, Sid account, Sid sid, Func<Task<TSender?>> lockSender, CancellationToken cancellation)
        where TSender : class
    {
        while (true)
        {
            if (await db.InTransactionAsync(TryReleaseAsync, cancellation) is { } released) return released;
        }

        // Null when the sender has just moved to another pool. That pool's service must be locked first, so all locks
        // end here.
        async Task<bool?> TryReleaseAsync()
        {
            var service = await PoolAsync();
            if (service is { } known) await db.LockAsync<MessagingService>(account, known, cancellation);
            if (await lockSender() is not { } sender) return false;
            if (await PoolAsync() is { } now && now != service) return null;
            await db.PoolSenders.Where(member => member.Sid == sid).ExecuteDeleteAsync(cancellation);
            db.Remove(sender);
            await db.SaveChangesAsync(cancellation);
            return true;
        }

        Task<Sid?> PoolAsync() => db.PoolSenders.Where(member => member.Sid == sid && member.AccountSid == account)
            .Select(member => (Sid?)member.MessagingServiceSid).SingleOrDefaultAsync(cancellation);
    }
}
