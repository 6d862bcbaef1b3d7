using MessagingServices.Domain;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Persistence.Batches;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Messaging;

/// <summary>Deletes a Messaging Service with its sender pool; its numbers stay the account's, its messages stay.</summary>
public sealed class DeleteMessagingService(MessagingDb db)
{
    /// <summary>Deletes; false when the account has no such Messaging Service.</summary>
    public Task<bool> DeleteAsync(Sid account, Sid sid, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            if (await db.LockServiceAsync(account, sid, cancellation) is null) return false;
            // In the order in which sender selection locks pools; the cascade alone would lock them in any order, and could deadlock.
            await db.LockPoolsAsync([sid], cancellation);
            return await db.MessagingServices.Where(service => service.Sid == sid).ExecuteDeleteAsync(cancellation) == 1;
        }, cancellation);
}
