using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace MessagingServices.Domain.Senders;

/// <summary>Validates ISO 3166 country codes.</summary>
public static class CountryCode
{
    private static readonly FrozenSet<string> Known =
        PhoneNumberUtil.GetInstance().GetSupportedRegions().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Parses a code of two letters, in any case, of a country that libphonenumber knows. The result is in upper case.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? country)
    {
        country = text is { Length: 2 } ? text.ToUpperInvariant() : null;
        if (country is null || !Known.Contains(country)) country = null;
        return country is not null;
    }
}
