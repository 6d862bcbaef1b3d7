using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Registers Messaging Services for application-to-person messages in the US, and changes and deletes these campaigns.
/// A Messaging Service has at most one.
/// </summary>
internal sealed class A2pCampaignUseCases(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Registers a campaign, which is verified at once.</summary>
    /// <param name="account">The account that owns the Messaging Service.</param>
    /// <param name="service">The Messaging Service.</param>
    /// <param name="brand">The brand that the campaign belongs to.</param>
    /// <param name="usecase">One of Twilio's codes.</param>
    /// <param name="configure">Sets the rest.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Null when the account has no such Messaging Service.</returns>
    /// <exception cref="TwilioException">20409 when the Messaging Service has a campaign.</exception>
    public Task<A2pCampaign?> RegisterAsync(
        Sid account, Sid service, Sid brand, string usecase, Action<A2pCampaign> configure,
        CancellationToken cancellation) =>
        db.InTransactionAsync(
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

    /// <summary>Changes a campaign; null when the account's Messaging Service has no such campaign.</summary>
    public Task<A2pCampaign?> UpdateAsync(
        Sid account, Sid service, Sid sid, Action<A2pCampaign> change, CancellationToken cancellation) =>
        db.UpdateAsync(
            async () => await db.LockServiceAsync(account, service, cancellation) is null
                ? null
                : await db.A2pCampaigns.SingleOrDefaultAsync(
                    campaign => campaign.Sid == sid && campaign.MessagingServiceSid == service, cancellation),
            change, clock, cancellation);

    /// <summary>Deletes a campaign; false when the account's Messaging Service has no such campaign.</summary>
    public Task<bool> DeleteAsync(Sid account, Sid service, Sid sid, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () => await db.LockServiceAsync(account, service, cancellation) is not null
                && await db.A2pCampaigns
                    .Where(campaign => campaign.Sid == sid && campaign.MessagingServiceSid == service)
                    .ExecuteDeleteAsync(cancellation) == 1,
            cancellation);

    /// <summary>The campaign's name at The Campaign Registry; as random as its SID.</summary>
    private static string CampaignIdOf(Sid sid) => $"C{sid.Value[^6..].ToUpperInvariant()}";
}
