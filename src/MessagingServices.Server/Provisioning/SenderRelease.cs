using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>What is the same for all senders that an account gives away.</summary>
internal static class SenderRelease
{
    /// <summary>
    /// Takes a sender from its account; it leaves its pool, and what is remembered of it ends. The Messaging Service is locked before the
    /// sender, as by whoever adds it to a pool or selects it.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="account">The account.</param>
    /// <param name="sid">The sender.</param>
    /// <param name="lockSender">Locks the sender; null when the account has no such one.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False when the account has no such sender.</returns>
    public static async Task<bool> ReleaseSenderAsync<TSender>(
        this MessagingDb db, Sid account, Sid sid, Func<Task<TSender?>> lockSender, CancellationToken cancellation) where TSender : class
    {
        while (true)
        {
            if (await db.InTransactionAsync(TryReleaseAsync, cancellation) is { } released) return released;
        }

        // Null when the sender has moved to another pool meanwhile: then all locks are given back, since that pool's service comes first.
        async Task<bool?> TryReleaseAsync()
        {
            var service = await PoolAsync();
            if (service is { } known) await db.LockServiceAsync(account, known, cancellation);
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
