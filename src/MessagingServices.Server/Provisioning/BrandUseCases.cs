using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Registers brands, submits them again, sends their one-time passwords and vets them.</summary>
internal sealed class BrandUseCases(MessagingDb db, SidSource sids, EmulatorClock clock, RegistrationOptions periods)
{
    /// <summary>Registers a brand.</summary>
    public async Task<Brand> CreateAsync(Sid account, NewBrand wanted, CancellationToken cancellation)
    {
        var now = clock.Now(account);
        var brand = new Brand
        {
            Sid = sids.New(SidPrefix.BrandRegistration),
            AccountSid = account,
            CustomerProfileBundleSid = wanted.CustomerProfileBundle,
            A2pProfileBundleSid = wanted.A2pProfileBundle,
            BrandType = wanted.Type,
            Mock = wanted.Mock,
            SkipAutomaticSecVet = wanted.SkipAutomaticSecVet,
            DateCreated = now,
            DateUpdated = now,
        };
        brand.Submit(now, periods.Brand, periods.Otp);
        db.Add(brand);
        await db.SaveChangesAsync(cancellation);
        return brand;
    }

    /// <summary>Submits a failed brand again; null when the account has no such brand.</summary>
    /// <exception cref="TwilioException">21731, 21725, 21724.</exception>
    public Task<Brand?> SubmitAgainAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        ChangeAsync(
            account, sid, brand => brand.SubmitAgain(clock.Now(account), periods.Brand, periods.Otp), cancellation);

    /// <summary>
    /// Sends the owner of a sole proprietor brand a new one-time password; null when the account has no such brand.
    /// </summary>
    /// <exception cref="TwilioException">20001, 21731, 21717.</exception>
    public Task<Brand?> SendOtpAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        ChangeAsync(account, sid, brand => brand.SendOtp(clock.Now(account), periods.Otp), cancellation);

    /// <summary>Vets a brand; null when the account has no such brand.</summary>
    /// <param name="account">The account.</param>
    /// <param name="sid">The brand.</param>
    /// <param name="provider">One of the providers of <see cref="BrandVetting"/>.</param>
    /// <param name="vettingId">The provider's ID, or token; null for none.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">21731 and 21717 for a brand that is not approved, 21721 for a sole proprietor
    /// brand, 21723 while another vetting of the provider is pending.</exception>
    public Task<BrandVetting?> VetAsync(
        Sid account, Sid sid, string provider, string? vettingId, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                if (await db.LockAsync<Brand>(account, sid, cancellation) is not { } brand) return null;
                var now = clock.Now(account);
                brand.RequireApproved(now);
                if (brand.BrandType == BrandType.SoleProprietor)
                    throw new TwilioException(MessagingError.IncompatibleBrand.ToApiError());
                var last = await db.BrandVettings
                    .Where(other => other.BrandSid == sid && other.VettingProvider == provider)
                    .OrderByDescending(other => other.Ordinal).FirstOrDefaultAsync(cancellation);
                if (last?.StatusAt(now) == VettingStatus.Pending)
                    throw new TwilioException(MessagingError.VettingInProgress.ToApiError());
                var vetting = new BrandVetting
                {
                    Sid = sids.New(SidPrefix.BrandVetting),
                    AccountSid = account,
                    BrandSid = sid,
                    VettingProvider = provider,
                    VettingId = vettingId,
                    DateCreated = now,
                    DateUpdated = now,
                };
                vetting.Submit(now, periods.Vetting);
                brand.Vet(vetting);
                db.Add(vetting);
                await db.SaveChangesAsync(cancellation);
                return vetting;
            }, cancellation);

    /// <summary>Forces the status or the identity of a brand; null when the account has no such brand.</summary>
    public Task<Brand?> ForceAsync(Sid account, Sid sid, ForcedStatus forced, CancellationToken cancellation)
    {
        BrandIdentityStatus identity = default;
        if (!EnumNames<BrandStatus>.TryParseUpper(forced.Status, out var status)
            && !EnumNames<BrandIdentityStatus>.TryParseUpper(forced.Status, out identity))
        {
            throw forced.UnknownAmong(
                [.. EnumNames<BrandStatus>.AllUpper, .. EnumNames<BrandIdentityStatus>.AllUpper]);
        }

        if (status == BrandStatus.Failed) forced = forced.Because(30701, "Invalid State/Region/Province");
        return ChangeAsync(
            account, sid,
            brand =>
            {
                if (EnumNames<BrandStatus>.UpperOf(status) == forced.Status)
                    brand.Force(status, clock.Now(account), periods.Otp, forced.ErrorCode, forced.Reason);
                else
                    brand.Force(identity, clock.Now(account));
            }, cancellation);
    }

    /// <summary>Forces the status of a vetting; null when the account has no such vetting.</summary>
    public Task<BrandVetting?> ForceVettingAsync(
        Sid account, Sid sid, ForcedStatus forced, CancellationToken cancellation)
    {
        var status = forced.Parse<VettingStatus>();
        return db.InTransactionAsync(
            async () =>
            {
                var brandSid = await db.BrandVettings
                    .Where(vetting => vetting.Sid == sid && vetting.AccountSid == account)
                    .Select(vetting => vetting.BrandSid).SingleOrDefaultAsync(cancellation);
                // The brand first, as when it is vetted.
                if (await db.LockAsync<Brand>(account, brandSid, cancellation) is not { } brand
                    || await db.LockAsync<BrandVetting>(account, sid, cancellation) is not { } vetting) return null;
                var now = clock.Now(account);
                vetting.Force(status, now, forced.ErrorCode, forced.Reason);
                brand.VetAgain(vetting, await db.BrandVettings.AsNoTracking()
                    .Where(other => other.BrandSid == brandSid && other.Sid != sid).ToListAsync(cancellation));
                await db.SaveChangesAsync(cancellation);
                return vetting;
            }, cancellation);
    }

    private Task<Brand?> ChangeAsync(Sid account, Sid sid, Action<Brand> change, CancellationToken cancellation) =>
        db.UpdateAsync(() => db.LockAsync<Brand>(account, sid, cancellation), change, clock.Of(account), cancellation);
}

/// <summary>A brand as it is wanted.</summary>
/// <param name="CustomerProfileBundle">SID of the customer profile.</param>
/// <param name="A2pProfileBundle">SID of the messaging profile.</param>
/// <param name="Type">The type of the brand.</param>
/// <param name="Mock">Whether it is only for tests.</param>
/// <param name="SkipAutomaticSecVet">Whether it gets no secondary vetting.</param>
internal sealed record NewBrand(
    Sid CustomerProfileBundle, Sid A2pProfileBundle, BrandType Type, bool Mock, bool SkipAutomaticSecVet);
