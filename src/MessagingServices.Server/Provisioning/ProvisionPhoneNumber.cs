using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Provisioning;

/// <summary>Gives an account a phone number: the one it names, or a free one of an area code. One account of the server has it.</summary>
internal sealed class ProvisionPhoneNumber(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Provisions.</summary>
    /// <exception cref="TwilioException">21421, 21422; for an area code 21451, 21452.</exception>
    public Task<PhoneNumber> ProvisionAsync(NewPhoneNumber wanted, CancellationToken cancellation) => string.IsNullOrEmpty(wanted.Number)
        ? OfAreaCodeAsync(wanted, wanted.AreaCode ?? "", cancellation)
        : ExactlyAsync(wanted, wanted.Number, cancellation);

    private async Task<PhoneNumber> ExactlyAsync(NewPhoneNumber wanted, string text, CancellationToken cancellation)
    {
        if (!PhoneNumberValue.TryParse(text, out var value)) throw new TwilioException(MessagingError.InvalidPhoneNumber.ToApiError(text));
        var taken = await db.PhoneNumbers.AnyAsync(number => number.Number == value.E164, cancellation);
        return (taken ? null : await TryAddAsync(wanted, value, cancellation))
            ?? throw new TwilioException(MessagingError.PhoneNumberNotAvailable.ToApiError(value));
    }

    private async Task<PhoneNumber> OfAreaCodeAsync(NewPhoneNumber wanted, string areaCode, CancellationToken cancellation)
    {
        if (!AreaCodeNumbers.IsAreaCode(areaCode)) throw new TwilioException(MessagingError.InvalidAreaCode.ToApiError());
        while (true)
        {
            var taken = await db.PhoneNumbers.Where(number => number.Number.StartsWith($"+1{areaCode}"))
                .Select(number => number.Number).ToHashSetAsync(cancellation);
            var free = AreaCodeNumbers.Of(areaCode).FirstOrDefault(number => !taken.Contains(number))
                ?? throw new TwilioException(MessagingError.NoNumberInAreaCode.ToApiError(areaCode));
            // When another request took it first, the next free one does.
            if (PhoneNumberValue.TryParse(free, out var value) && await TryAddAsync(wanted, value, cancellation) is { } number) return number;
        }
    }

    /// <summary>Null when another request has just taken the number, or it is not of the kind that is wanted.</summary>
    private async Task<PhoneNumber?> TryAddAsync(NewPhoneNumber wanted, PhoneNumberValue value, CancellationToken cancellation)
    {
        if (wanted.Type is { } type && !CanBe(value, type)) return null;
        var number = new PhoneNumber(
            sids.New(SidPrefix.PhoneNumber), wanted.AccountSid, value, clock.GetUtcNow(), isMobile: wanted.Type == PhoneNumberType.Mobile);
        wanted.Configure(number);
        db.Add(number);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return number;
        }
        catch (DbUpdateException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.Entry(number).State = EntityState.Detached;
            return null;
        }
    }

    /// <summary>Many numbers, fictional ones above all, do not tell whether they are mobile: then the caller is believed.</summary>
    private static bool CanBe(PhoneNumberValue value, PhoneNumberType type) => type switch
    {
        PhoneNumberType.Local => !value.IsTollFree && !value.IsMobile,
        PhoneNumberType.Mobile => !value.IsTollFree,
        PhoneNumberType.TollFree => value.IsTollFree,
    };
}
