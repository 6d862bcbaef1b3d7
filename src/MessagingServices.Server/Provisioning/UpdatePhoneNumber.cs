using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Provisioning;

/// <summary>Changes the settings of a phone number.</summary>
internal sealed class UpdatePhoneNumber(MessagingDb db, EmulatorClock clock)
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
