using MessagingServices.Domain;
using MessagingServices.Domain.Senders;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Time;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Messaging;

/// <summary>
/// Puts one of the account's phone numbers into the sender pool of a Messaging Service. A number is in one pool at a time, and a pool
/// holds at most <see cref="PoolSender.MaxNumbers"/> of them, however many callers add at once.
/// </summary>
public sealed class AddSenderToPool(MessagingDb db, EmulatorClock clock)
{
    /// <summary>Adds; null when the account has no such Messaging Service.</summary>
    /// <exception cref="RefusedException">21421, 21710, 21712, 21714, 21715.</exception>
    public Task<PoolSender?> AddAsync(Sid account, Sid service, Sid phoneNumber, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            if (await db.LockServiceAsync(account, service, cancellation) is null) return null;
            // Locked too, so that another service cannot take it, and nobody release it, between these checks and the commit.
            var number = await db.LockPhoneNumberAsync(account, phoneNumber, cancellation)
                ?? throw new RefusedException(MessagingError.InvalidPhoneNumber.Refuse(phoneNumber));
            if (await RefusalAsync(service, number, cancellation) is { } error) throw new RefusedException(error.Refuse());
            var sender = new PoolSender(service, number, clock.GetUtcNow());
            db.Add(sender);
            await db.SaveChangesAsync(cancellation);
            return sender;
        }, cancellation);

    private async Task<MessagingError?> RefusalAsync(Sid service, PhoneNumber number, CancellationToken cancellation)
    {
        var present = await db.PoolSenders.AsNoTracking().SingleOrDefaultAsync(sender => sender.Sid == number.Sid, cancellation);
        if (present is not null)
            return present.MessagingServiceSid == service ? MessagingError.SenderInService : MessagingError.SenderInOtherService;
        if ((number.Capabilities & (SenderCapabilities.Sms | SenderCapabilities.Mms)) == 0) return MessagingError.SenderWithoutMessaging;
        var size = await db.PoolSenders.CountAsync(sender => sender.MessagingServiceSid == service, cancellation);
        return size >= PoolSender.MaxNumbers ? MessagingError.PoolFull : null;
    }
}
