using MessagingServices.Domain;
using MessagingServices.Domain.Senders;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Time;

namespace MessagingServices.Server.Messaging;

/// <summary>Changes the settings of a phone number.</summary>
public sealed class UpdatePhoneNumber(MessagingDb db, EmulatorClock clock)
{
    /// <summary>Changes; null when the account has no such number.</summary>
    public Task<PhoneNumber?> UpdateAsync(Sid account, Sid sid, Action<PhoneNumber> change, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                var number = await db.LockPhoneNumberAsync(account, sid, cancellation);
                if (number is null) return null;
                change(number);
                number.DateUpdated = clock.GetUtcNow();
                await db.SaveChangesAsync(cancellation);
                return number;
            }, cancellation);
}
