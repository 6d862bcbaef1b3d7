using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>
/// Provisions, changes and releases phone numbers. Several accounts may have the same number: each is a world of its
/// own.
/// </summary>
internal sealed class PhoneNumberUseCases(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Gives an account the number that it names, or a free number of an area code.</summary>
    /// <exception cref="TwilioException">21420, 21421, 21422; for an area code 21451, 21452.</exception>
    public Task<PhoneNumber> ProvisionAsync(NewPhoneNumber wanted, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                if (!await db.HoldApplicationAsync(wanted.AccountSid, wanted.SmsApplicationSid, cancellation))
                    throw UnknownApplication(wanted.SmsApplicationSid);
                return await (string.IsNullOrEmpty(wanted.Number)
                    ? OfAreaCodeAsync(wanted, wanted.AreaCode ?? "", cancellation)
                    : ExactlyAsync(wanted, wanted.Number, cancellation));
            }, cancellation);

    /// <summary>Changes the settings; null when the account has no such number.</summary>
    /// <param name="account">The account.</param>
    /// <param name="sid">The number.</param>
    /// <param name="application">The application that it will refer to; null or empty for none.</param>
    /// <param name="change">Changes the number.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">21420.</exception>
    public Task<PhoneNumber?> UpdateAsync(
        Sid account, Sid sid, string? application, Action<PhoneNumber> change, CancellationToken cancellation) =>
        db.UpdateAsync(
            async () =>
            {
                // First the application, as when it is deleted.
                var held = await db.HoldApplicationAsync(account, application, cancellation);
                var number = await db.LockAsync<PhoneNumber>(account, sid, cancellation);
                if (number is not null && !held) throw UnknownApplication(application);
                return number;
            }, change, clock.Of(account), cancellation);

    /// <summary>
    /// Takes a number from its account. It leaves its sender pool, and can be provisioned again. False when the account
    /// has no such number.
    /// </summary>
    public Task<bool> ReleaseAsync(Sid account, Sid sid, CancellationToken cancellation) =>
        db.ReleaseSenderAsync(account, sid, () => db.LockAsync<PhoneNumber>(account, sid, cancellation), cancellation);

    private static TwilioException UnknownApplication(string? application) =>
        new(MessagingError.UnknownSmsApplication.ToApiError(application));

    private async Task<PhoneNumber> ExactlyAsync(NewPhoneNumber wanted, string text, CancellationToken cancellation)
    {
        if (!PhoneNumberValue.TryParse(text, out var value))
            throw new TwilioException(MessagingError.InvalidPhoneNumber.ToApiError(text));
        var taken = await db.PhoneNumbers.AnyAsync(
            number => number.AccountSid == wanted.AccountSid && number.Number == value.E164, cancellation);
        return (taken ? null : await TryAddAsync(wanted, value, cancellation))
            ?? throw new TwilioException(MessagingError.PhoneNumberNotAvailable.ToApiError(value));
    }

    private async Task<PhoneNumber> OfAreaCodeAsync(
        NewPhoneNumber wanted, string areaCode, CancellationToken cancellation)
    {
        if (!AreaCodeNumbers.IsAreaCode(areaCode)) throw new TwilioException(
            MessagingError.InvalidAreaCode.ToApiError());
        while (true)
        {
            var taken = await db.PhoneNumbers
                .Where(number => number.AccountSid == wanted.AccountSid && number.Number.StartsWith($"+1{areaCode}"))
                .Select(number => number.Number).ToHashSetAsync(cancellation);
            var free = AreaCodeNumbers.Of(areaCode).FirstOrDefault(number => !taken.Contains(number))
                ?? throw new TwilioException(MessagingError.NoNumberInAreaCode.ToApiError(areaCode));
            // Another request can take the number first. Then the loop tries the next free one.
            if (PhoneNumberValue.TryParse(free, out var value)
                && await TryAddAsync(wanted, value, cancellation) is { } number) return number;
        }
    }

    /// <summary>Null when another request has just taken the number, or the number is not of the wanted type.</summary>
    private async Task<PhoneNumber?> TryAddAsync(
        NewPhoneNumber wanted, PhoneNumberValue value, CancellationToken cancellation)
    {
        if (wanted.Type is { } type && !CanBe(value, type)) return null;
        var isMobile = wanted.Type == PhoneNumberType.Mobile;
        var number = new PhoneNumber(
            sids.New(SidPrefix.PhoneNumber), wanted.AccountSid, value, clock.Now(wanted.AccountSid), isMobile);
        wanted.Configure(number);
        return await db.TryAddAsync(number, cancellation) ? number : null;
    }

    /// <summary>
    /// Many numbers, above all the fictional ones, do not show whether they are mobile. For those the server believes
    /// the caller.
    /// </summary>
    private static bool CanBe(PhoneNumberValue value, PhoneNumberType type) => type switch
    {
        PhoneNumberType.Local => !value.IsTollFree && !value.IsMobile,
        PhoneNumberType.Mobile => !value.IsTollFree,
        PhoneNumberType.TollFree => value.IsTollFree,
    };
}

/// <summary>The phone number that a caller wants.</summary>
/// <param name="AccountSid">The account that gets it.</param>
/// <param name="Configure">Sets the values that differ from the defaults.</param>
internal sealed record NewPhoneNumber(Sid AccountSid, Action<PhoneNumber> Configure)
{
    /// <summary>The number as the caller wrote it; null for any number of <see cref="AreaCode"/>.</summary>
    public string? Number { get; init; }

    /// <summary>Three digits of the US or Canada; ignored when there is a <see cref="Number"/>.</summary>
    public string? AreaCode { get; init; }

    /// <summary>SID of the application that the number refers to; null or empty for none.</summary>
    public string? SmsApplicationSid { get; init; }

    /// <summary>The type that the number must have; null for any.</summary>
    public PhoneNumberType? Type { get; init; }
}
