using MessagingServices.Domain;
using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Messaging;

/// <summary>Takes a WhatsApp or RCS sender from its account; it leaves its pool, and its sticky senders end.</summary>
public sealed class DeleteChannelSender(MessagingDb db)
{
    /// <summary>Deletes; false when the account has no such sender.</summary>
    public async Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        while (true)
        {
            if (await db.InTransactionAsync(() => TryDeleteAsync(account, sid, cancellation), cancellation) is { } deleted) return deleted;
        }
    }

    /// <summary>
    /// The Messaging Service is locked before the sender, as by whoever adds it to a pool or selects it. Null when it has moved to another
    /// pool meanwhile: then all locks are given back, since that pool's Messaging Service must be locked first.
    /// </summary>
    private async Task<bool?> TryDeleteAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        var service = await PoolAsync(account, sid, cancellation);
        if (service is { } known) await db.LockServiceAsync(account, known, cancellation);
        if (await db.LockChannelSenderAsync(account, sid, cancellation) is null) return false;
        if (await PoolAsync(account, sid, cancellation) is { } now && now != service) return null;
        await db.PoolSenders.Where(sender => sender.Sid == sid).ExecuteDeleteAsync(cancellation);
        return await db.ChannelSenders.Where(sender => sender.Sid == sid).ExecuteDeleteAsync(cancellation) == 1;
    }

    private Task<Sid?> PoolAsync(Sid account, Sid sid, CancellationToken cancellation) => db.PoolSenders
        .Where(sender => sender.Sid == sid && sender.AccountSid == account)
        .Select(sender => (Sid?)sender.MessagingServiceSid).SingleOrDefaultAsync(cancellation);
}
