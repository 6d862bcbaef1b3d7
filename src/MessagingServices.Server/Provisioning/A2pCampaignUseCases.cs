using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Registers Messaging Services for application-to-person messages in the US, and changes and deletes these campaigns.
/// A Messaging Service has at most one.
/// </summary>
internal sealed class A2pCampaignUseCases(
    MessagingDb db, SidSource sids, EmulatorClock clock, RegistrationOptions periods)
{
    /// <summary>The use case of sole proprietors.</summary>
    public const string SoleProprietor = "SOLE_PROPRIETOR";

    private const string Disallowed =
        "The campaign submission has been reviewed and it was rejected due to Disallowed Content.";

    /// <summary>
    /// Registers a campaign. With a brand of the account it is reviewed, else it is verified at once.
    /// </summary>
    /// <param name="account">The account that owns the Messaging Service.</param>
    /// <param name="service">The Messaging Service.</param>
    /// <param name="brandSid">The brand that the campaign belongs to.</param>
    /// <param name="usecase">One of Twilio's codes.</param>
    /// <param name="configure">Sets the rest.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Null when the account has no such Messaging Service.</returns>
    /// <exception cref="TwilioException">20409 when the Messaging Service has a campaign; of a brand of the account
    /// 21717 when it is not approved or not verified, 21720 for a use case of another type of brand, 21731 when it is
    /// suspended, 21732 when it has too many campaigns.</exception>
    public Task<CampaignOfBrand?> RegisterAsync(
        Sid account, Sid service, Sid brandSid, string usecase, Action<A2pCampaign> configure,
        CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                if (await db.LockAsync<MessagingService>(account, service, cancellation) is null) return null;
                await RequireNoneAsync(service, cancellation);
                var now = clock.Now(account);
                var brand = await db.LockAsync<Brand>(account, brandSid, cancellation);
                if (brand is not null) await CheckAsync(brand, usecase, now, cancellation);
                var sid = sids.New(SidPrefix.A2pCampaign);
                var campaign = new A2pCampaign
                {
                    Sid = sid,
                    AccountSid = account,
                    MessagingServiceSid = service,
                    BrandRegistrationSid = brandSid,
                    CampaignId = CampaignIdOf(sid),
                    UsAppToPersonUsecase = usecase,
                    DateCreated = now,
                    DateUpdated = now,
                };
                configure(campaign);
                if (brand is not null) campaign.Submit(now, periods.Campaign);
                db.Add(campaign);
                await db.SaveChangesAsync(cancellation);
                return new CampaignOfBrand(campaign, brand);
            }, cancellation);

    /// <summary>Links a campaign that was registered elsewhere, and is verified.</summary>
    /// <param name="account">The account that owns the Messaging Service.</param>
    /// <param name="service">The Messaging Service.</param>
    /// <param name="campaignId">The campaign at The Campaign Registry.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">21701 when the account has no such Messaging Service, 20409 when that has a
    /// campaign.</exception>
    public Task<A2pCampaign> LinkAsync(
        Sid account, Sid service, string campaignId, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                if (await db.LockAsync<MessagingService>(account, service, cancellation) is null)
                    throw new TwilioException(MessagingError.UnknownService.ToApiError());
                await RequireNoneAsync(service, cancellation);
                var now = clock.Now(account);
                var campaign = new A2pCampaign
                {
                    Sid = sids.New(SidPrefix.A2pCampaign),
                    AccountSid = account,
                    MessagingServiceSid = service,
                    CampaignId = campaignId,
                    IsExternallyRegistered = true,
                    DateCreated = now,
                    DateUpdated = now,
                };
                db.Add(campaign);
                await db.SaveChangesAsync(cancellation);
                return campaign;
            }, cancellation);

    /// <summary>
    /// Changes a campaign, and submits it again when it has failed; null when the account's Messaging Service has no
    /// such campaign.
    /// </summary>
    /// <exception cref="TwilioException">21729, 21731 when the campaign or its brand is suspended.</exception>
    public Task<CampaignOfBrand?> UpdateAsync(
        Sid account, Sid service, Sid sid, Action<A2pCampaign> change, CancellationToken cancellation) =>
        ChangeAsync(
            account, sid, service,
            (campaign, brand) =>
            {
                campaign.Edit(brand, clock.Now(account), periods.Campaign);
                change(campaign);
            }, cancellation);

    /// <summary>Forces the status; null when the account has no such campaign.</summary>
    public Task<CampaignOfBrand?> ForceAsync(
        Sid account, Sid sid, ForcedStatus forced, CancellationToken cancellation)
    {
        var status = forced.Parse<CampaignStatus>();
        if (status == CampaignStatus.Failed) forced = forced.Because(30897, Disallowed);
        return ChangeAsync(
            account, sid, null,
            (campaign, _) => campaign.Force(status, clock.Now(account), forced.ErrorCode, forced.Reason), cancellation);
    }

    /// <summary>Deletes a campaign; false when the account's Messaging Service has no such campaign.</summary>
    public Task<bool> DeleteAsync(Sid account, Sid service, Sid sid, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () => await db.LockAsync<MessagingService>(account, service, cancellation) is not null
                && await db.A2pCampaigns
                    .Where(campaign => campaign.Sid == sid && campaign.MessagingServiceSid == service)
                    .ExecuteDeleteAsync(cancellation) == 1,
            cancellation);

    private async Task<CampaignOfBrand?> ChangeAsync(
        Sid account, Sid sid, Sid? service, Action<A2pCampaign, Brand?> change, CancellationToken cancellation)
    {
        Brand? brand = null;
        var changed = await db.UpdateAsync(
            async () =>
            {
                var campaign = await db.LockAsync<A2pCampaign>(account, sid, cancellation);
                if (campaign is null || (service is { } one && campaign.MessagingServiceSid != one)) return null;
                brand = (await db.WithBrandAsync(campaign, cancellation)).Brand;
                return campaign;
            },
            campaign => change(campaign, brand), clock.Of(account), cancellation);
        return changed is null ? null : new(changed, brand);
    }

    private async Task RequireNoneAsync(Sid service, CancellationToken cancellation)
    {
        if (await db.A2pCampaigns.AnyAsync(present => present.MessagingServiceSid == service, cancellation))
            throw new TwilioException(MessagingError.CampaignExists.ToApiError(service));
    }

    private async Task CheckAsync(Brand brand, string usecase, DateTimeOffset now, CancellationToken cancellation)
    {
        brand.RequireApproved(now);
        if (brand.AwaitsOwnerAt(now)) throw new TwilioException(MessagingError.InvalidBrand.ToApiError(brand.Sid));
        if ((usecase == SoleProprietor) != (brand.BrandType == BrandType.SoleProprietor))
            throw new TwilioException(MessagingError.InvalidCampaignUsecase.ToApiError(usecase));
        if (await db.A2pCampaigns.CountAsync(
            campaign => campaign.BrandRegistrationSid == brand.Sid && campaign.AccountSid == brand.AccountSid,
            cancellation) >= brand.CampaignLimit)
            throw new TwilioException(MessagingError.CampaignLimit.ToApiError(brand.Sid));
    }

    /// <summary>The campaign's name at The Campaign Registry; as random as its SID.</summary>
    private static string CampaignIdOf(Sid sid) => $"C{sid.Value[^6..].ToUpperInvariant()}";
}

/// <summary>A campaign with its brand.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Brand">The brand; null when the account has none with that SID.</param>
internal sealed record CampaignOfBrand(A2pCampaign Campaign, Brand? Brand);
