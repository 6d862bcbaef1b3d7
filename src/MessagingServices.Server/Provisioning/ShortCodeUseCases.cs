using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Provisions and changes short codes. Several accounts may have the same short code: each is a world of its own.
/// </summary>
internal sealed class ShortCodeUseCases(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Gives an account a short code.</summary>
    /// <param name="account">The account that gets it.</param>
    /// <param name="code">Three to eight digits.</param>
    /// <param name="country">ISO 3166 code of its country, in capital letters.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">21422.</exception>
    public async Task<ShortCode> ProvisionAsync(
        Sid account, string code, string country, CancellationToken cancellation)
    {
        var shortCode = new ShortCode(sids.New(SidPrefix.ShortCode), account, code, country, clock.Now(account));
        return !await db.ShortCodes.AnyAsync(
            present => present.AccountSid == account && present.Code == code && present.Country == country,
            cancellation)
            && await db.TryAddAsync(shortCode, cancellation)
            ? shortCode
            : throw new TwilioException(MessagingError.PhoneNumberNotAvailable.ToApiError(code));
    }

    /// <summary>Changes the settings; null when the account has no such short code.</summary>
    /// <param name="account">The account.</param>
    /// <param name="sid">The short code.</param>
    /// <param name="application">An application that must be the account's; null or empty for none.</param>
    /// <param name="change">Changes the short code.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">21420.</exception>
    public Task<ShortCode?> UpdateAsync(
        Sid account, Sid sid, string? application, Action<ShortCode> change, CancellationToken cancellation) =>
        db.UpdateAsync(
            async () =>
            {
                var isKnown = await db.HoldApplicationAsync(account, application, cancellation);
                var shortCode = await db.LockAsync<ShortCode>(account, sid, cancellation);
                return shortCode is null || isKnown ? shortCode
                    : throw new TwilioException(MessagingError.UnknownSmsApplication.ToApiError(application));
            }, change, clock.Of(account), cancellation);
}
