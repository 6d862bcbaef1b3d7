using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Deletes a Messaging Service with its sender pool and who has opted out of it; its numbers stay the account's, its messages stay.</summary>
internal sealed class DeleteMessagingService(MessagingDb db, MessagingServiceCache directory)
{
    /// <summary>Deletes; false when the account has no such Messaging Service.</summary>
    public async Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation)
    {
        var deleted = await db.InTransactionAsync(
            async () =>
            {
                if (await db.LockServiceAsync(account, sid, cancellation) is null) return false;
                await db.RemoveOptOutsAsync(account, recipient: null, channel: null, sid.Value, cancellation);
                return await db.MessagingServices.Where(service => service.Sid == sid).ExecuteDeleteAsync(cancellation) == 1;
            }, cancellation);
        directory.Invalidate(sid);
        return deleted;
    }
}
