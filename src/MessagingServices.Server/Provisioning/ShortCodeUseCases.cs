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
        var shortCode = new ShortCode(sids.New(SidPrefix.ShortCode), account, code, country, clock.GetUtcNow());
        return !await db.ShortCodes.AnyAsync(
            present => present.AccountSid == account && present.Code == code && present.Country == country,
            cancellation)
            && await db.TryAddAsync(shortCode, cancellation)
            ? shortCode
            : throw new TwilioException(MessagingError.PhoneNumberNotAvailable.ToApiError(code));
    }

    /// <summary>Changes the settings; null when the account has no such short code.</summary>
    public Task<ShortCode?> UpdateAsync(
        Sid account, Sid sid, Action<ShortCode> change, CancellationToken cancellation) =>
        db.UpdateAsync(() => db.LockShortCodeAsync(account, sid, cancellation), change, clock, cancellation);
}
