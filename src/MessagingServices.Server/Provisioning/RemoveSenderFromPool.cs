using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Takes a sender out of the pool of a Messaging Service, which then remembers it for no recipient. The account keeps it (an alphanumeric
/// sender is gone), and messages that it already carries go on.
/// </summary>
internal sealed class RemoveSenderFromPool(MessagingDb db)
{
    /// <summary>Removes; false when the account's Messaging Service does not exist or has no such sender.</summary>
    public Task<bool> RemoveAsync(Sid account, Sid service, Sid sender, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            // The service first, as everywhere: a selection that goes on ends before its sender leaves.
            if (await db.LockServiceAsync(account, service, cancellation) is null) return false;
            return await db.PoolSenders.Where(member => member.Sid == sender && member.MessagingServiceSid == service)
                .ExecuteDeleteAsync(cancellation) == 1;
        }, cancellation);
}
