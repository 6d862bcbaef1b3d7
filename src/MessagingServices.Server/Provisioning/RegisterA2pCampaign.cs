using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Registers a Messaging Service for application-to-person messages in the US; it is verified at once. One service has one campaign.</summary>
internal sealed class RegisterA2pCampaign(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Registers; null when the account has no such Messaging Service.</summary>
    /// <param name="account">Who owns the Messaging Service.</param>
    /// <param name="service">The Messaging Service.</param>
    /// <param name="brand">The brand that the campaign belongs to.</param>
    /// <param name="usecase">One of Twilio's codes.</param>
    /// <param name="configure">Sets the rest.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="TwilioException">20409 when the Messaging Service has a campaign.</exception>
    public Task<A2pCampaign?> RegisterAsync(
        Sid account, Sid service, Sid brand, string usecase, Action<A2pCampaign> configure, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            if (await db.LockServiceAsync(account, service, cancellation) is null) return null;
            if (await db.A2pCampaigns.AnyAsync(present => present.MessagingServiceSid == service, cancellation))
                throw new TwilioException(MessagingError.CampaignExists.ToApiError(service));
            var (sid, now) = (sids.New(SidPrefix.A2pCampaign), clock.GetUtcNow());
            var campaign = new A2pCampaign
            {
                Sid = sid,
                AccountSid = account,
                MessagingServiceSid = service,
                BrandRegistrationSid = brand,
                CampaignId = CampaignIdOf(sid),
                UsAppToPersonUsecase = usecase,
                DateCreated = now,
                DateUpdated = now,
            };
            configure(campaign);
            db.Add(campaign);
            await db.SaveChangesAsync(cancellation);
            return campaign;
        }, cancellation);

    /// <summary>What The Campaign Registry would name it; as random as its SID.</summary>
    private static string CampaignIdOf(Sid sid) => $"C{sid.Value[^6..].ToUpperInvariant()}";
}
