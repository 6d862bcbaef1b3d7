using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Makes an alphanumeric sender in the sender pool of a Messaging Service. A pool has one for each country and one for all others, however
/// many callers add at once; the same name may be in many pools, and does not count among a pool's numbers.
/// </summary>
internal sealed class AddAlphaSender(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Adds; null when the account has no such Messaging Service.</summary>
    /// <param name="account">Who owns the Messaging Service.</param>
    /// <param name="service">The Messaging Service.</param>
    /// <param name="alphaSender">The name; see <see cref="AlphaSender.IsName"/>.</param>
    /// <param name="country">ISO 3166 code of the country that it is for; null for the default of all countries without one.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="TwilioException">21710 when the pool has it already; 21714 when it has another for this country.</exception>
    public Task<PoolSender?> AddAsync(Sid account, Sid service, string alphaSender, string? country, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                if (await db.LockServiceAsync(account, service, cancellation) is null) return null;
                var present = await db.PoolSenders.Where(member => member.MessagingServiceSid == service
                    && member.Type == SenderType.Alphanumeric && member.Country == country)
                    .Select(member => member.Address).SingleOrDefaultAsync(cancellation);
                if (present == alphaSender) throw new TwilioException(MessagingError.SenderInService.ToApiError());
                if (present is not null) throw new TwilioException(MessagingError.PoolFull.ToApiError());
                var made = new AlphaSender(sids.New(SidPrefix.AlphaSender), account, alphaSender, country);
                var sender = new PoolSender(service, made, clock.GetUtcNow());
                db.Add(sender);
                await db.SaveChangesAsync(cancellation);
                return sender;
            }, cancellation);
}
