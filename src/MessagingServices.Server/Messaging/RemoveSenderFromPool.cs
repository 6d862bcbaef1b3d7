using MessagingServices.Domain;
using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Messaging;

/// <summary>Takes a sender out of the pool of a Messaging Service; the account keeps it, and messages that it already carries go on.</summary>
public sealed class RemoveSenderFromPool(MessagingDb db)
{
    /// <summary>Removes; false when the account's Messaging Service does not exist or has no such sender.</summary>
    public async Task<bool> RemoveAsync(Sid account, Sid service, Sid sender, CancellationToken cancellation) => await db.PoolSenders
        .Where(member => member.Sid == sender && member.MessagingServiceSid == service && member.AccountSid == account)
        .ExecuteDeleteAsync(cancellation) == 1;
}
