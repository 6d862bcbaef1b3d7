using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace MessagingServices.Domain.Senders;

/// <summary>The countries that senders can belong to: those that have phone numbers.</summary>
public static class Countries
{
    private static readonly HashSet<string> Known = [.. PhoneNumberUtil.GetInstance().GetSupportedRegions()];

    /// <summary>Reads the two letters of ISO 3166, in any case.</summary>
    /// <param name="text">The letters.</param>
    /// <param name="country">The code in capital letters; null when the text names no country.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? country)
    {
        country = text?.ToUpperInvariant();
        if (country is not null && Known.Contains(country)) return true;
        country = null;
        return false;
    }
}
