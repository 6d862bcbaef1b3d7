using MessagingServices.Domain;
using MessagingServices.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Messaging;

/// <summary>Takes a phone number from its account; it leaves its sender pool and may be provisioned again.</summary>
public sealed class ReleasePhoneNumber(MessagingDb db)
{
    /// <summary>Releases; false when the account has no such number.</summary>
    public Task<bool> ReleaseAsync(Sid account, Sid sid, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            // The number first, which waits for whoever is just adding it to a pool; then there is no pool left that it could be in.
            var released = await db.PhoneNumbers.Where(number => number.Sid == sid && number.AccountSid == account)
                .ExecuteDeleteAsync(cancellation) == 1;
            if (released) await db.PoolSenders.Where(sender => sender.Sid == sid).ExecuteDeleteAsync(cancellation);
            return released;
        }, cancellation);
}
