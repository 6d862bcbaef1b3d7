using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// Which available phone numbers are listed. Sources of places are the area code and libphonenumber's city, so filters
/// by coordinates, postal code, rate center and LATA have no effect.
/// </summary>
internal sealed record AvailablePhoneNumberFilter
{
    /// <summary>Three digits of the US or Canada; no effect elsewhere.</summary>
    public string? AreaCode { get; init; }

    /// <summary>
    /// Digits that the number has, 2 to 16 characters: also letters as on the keys of a telephone, <c>*</c> for any
    /// digit, <c>+</c> in front for the beginning, <c>$</c> behind for the end, <c>%</c> at an end for any digits.
    /// </summary>
    public string? Contains { get; init; }

    /// <summary>Whether the numbers can have SMS: all can.</summary>
    public string? SmsEnabled { get; init; }

    /// <summary>Whether the numbers can have MMS: those of the US and Canada can.</summary>
    public string? MmsEnabled { get; init; }

    /// <summary>Whether the numbers can have calls: all can.</summary>
    public string? VoiceEnabled { get; init; }

    /// <summary>Whether the numbers can have faxes: none can.</summary>
    public string? FaxEnabled { get; init; }

    /// <summary>Whether numbers are left out that need an address: none needs one.</summary>
    public string? ExcludeAllAddressRequired { get; init; }

    /// <summary>Whether numbers are left out that need an address in the country: none needs one.</summary>
    public string? ExcludeLocalAddressRequired { get; init; }

    /// <summary>Whether numbers are left out that need an address in another country: none needs one.</summary>
    public string? ExcludeForeignAddressRequired { get; init; }

    /// <summary>Whether numbers new to Twilio's platform are listed too; no number is.</summary>
    public string? Beta { get; init; }

    /// <summary>Near this phone number of the US or Canada: with its area code.</summary>
    public string? NearNumber { get; init; }

    /// <summary>The state or province, two letters; US and Canada only.</summary>
    public string? InRegion { get; init; }

    /// <summary>The city; US and Canada only.</summary>
    public string? InLocality { get; init; }

    /// <summary>The search; null when no number can match. The rules have checked it.</summary>
    internal NumberSearch? ToSearch(string country, OfferedNumberType type)
    {
        var mms = type == OfferedNumberType.TollFree || country is "US" or "CA";
        if (Wants(SmsEnabled, true) || Wants(VoiceEnabled, true) || Wants(MmsEnabled, mms) || Wants(FaxEnabled, false))
            return null;
        var isNorthAmerican = country is "US" or "CA";
        var near = PhoneNumberValue.TryParse(NearNumber ?? "", out var number) ? number.AreaCode : null;
        return new(country, type)
        {
            AreaCode = isNorthAmerican ? OrNull(AreaCode) ?? near : null,
            Contains = string.IsNullOrEmpty(Contains) ? null : NumberContains.TryParse(Contains),
            Region = OrNull(InRegion)?.ToUpperInvariant(),
            Locality = OrNull(InLocality),
        };
    }

    /// <summary>Whether the caller wants the opposite of what the numbers have.</summary>
    private static bool Wants(string? field, bool has) => !string.IsNullOrEmpty(field) && bool.Parse(field) != has;

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>Switches, digits and the search text must be readable.</summary>
internal sealed class AvailablePhoneNumberRules : AbstractValidator<AvailablePhoneNumberFilter>
{
    private const int MaxPlace = 100;

    public AvailablePhoneNumberRules()
    {
        RuleFor(filter => filter.AreaCode).Must(code => string.IsNullOrEmpty(code) || code.All(char.IsAsciiDigit))
            .ToApiError(value => $"invalid literal for int() with base 10: '{value}'");
        RuleFor(filter => filter.Contains)
            .Must(text => string.IsNullOrEmpty(text) || NumberContains.TryParse(text) is not null)
            .ToApiError(value => $"Contains '{value}' is not a pattern of 2 to 16 characters");
        Switch(filter => filter.SmsEnabled, nameof(AvailablePhoneNumberFilter.SmsEnabled));
        Switch(filter => filter.MmsEnabled, nameof(AvailablePhoneNumberFilter.MmsEnabled));
        Switch(filter => filter.VoiceEnabled, nameof(AvailablePhoneNumberFilter.VoiceEnabled));
        Switch(filter => filter.FaxEnabled, nameof(AvailablePhoneNumberFilter.FaxEnabled));
        Switch(filter => filter.ExcludeAllAddressRequired,
            nameof(AvailablePhoneNumberFilter.ExcludeAllAddressRequired));
        Switch(filter => filter.ExcludeLocalAddressRequired,
            nameof(AvailablePhoneNumberFilter.ExcludeLocalAddressRequired));
        Switch(filter => filter.ExcludeForeignAddressRequired,
            nameof(AvailablePhoneNumberFilter.ExcludeForeignAddressRequired));
        Switch(filter => filter.Beta, nameof(AvailablePhoneNumberFilter.Beta));
        RuleFor(filter => filter.NearNumber)
            .Must(text => string.IsNullOrEmpty(text) || PhoneNumberValue.TryParse(text, out _))
            .ToApiError(MessagingError.InvalidPhoneNumber);
        RuleFor(filter => filter.InRegion).AtMost(nameof(AvailablePhoneNumberFilter.InRegion), MaxPlace);
        RuleFor(filter => filter.InLocality).AtMost(nameof(AvailablePhoneNumberFilter.InLocality), MaxPlace);
    }

    private void Switch(
        System.Linq.Expressions.Expression<Func<AvailablePhoneNumberFilter, string?>> field, string name) =>
        RuleFor(field).Must(value => string.IsNullOrEmpty(value) || bool.TryParse(value, out _))
            .ToApiError(value => $"{name} must be true or false, not '{value}'");
}
