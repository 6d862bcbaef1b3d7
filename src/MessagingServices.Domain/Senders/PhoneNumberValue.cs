using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace MessagingServices.Domain.Senders;

/// <summary>
/// A phone number that libphonenumber considers possible: the calling code exists and the length fits. So fictional
/// numbers work too.
/// </summary>
public sealed record PhoneNumberValue
{
    /// <summary>The characters allowed in a number. Letters are not converted to digits.</summary>
    private static readonly SearchValues<char> Allowed = SearchValues.Create("+0123456789 ()-.\u00A0");

    /// <summary>The toll-free codes of the North American Numbering Plan that are in service.</summary>
    private static readonly string[] TollFreeCodes = ["800", "833", "844", "855", "866", "877", "888"];

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    // Loaded on first use, because few servers need its tables.
    private static PhoneNumberOfflineGeocoder Geocoder => PhoneNumberOfflineGeocoder.GetInstance();

    private readonly PhoneNumbers.PhoneNumber parsed;

    private PhoneNumberValue(string e164, PhoneNumbers.PhoneNumber parsed)
    {
        E164 = e164;
        IsNorthAmerican = parsed.CountryCode == 1;
        IsTollFree = IsNorthAmerican && TollFreeCodes.Contains(e164[2..5]);
        Country = IsTollFree ? null : CountryOf(parsed);
        this.parsed = parsed;
    }

    /// <summary><c>+</c>, calling code and national number, at most 15 digits.</summary>
    public string E164 { get; }

    /// <summary>
    /// The ISO 3166 code: libphonenumber's region, or the main country of the calling code (+44 GB, +1 US) if the
    /// region is unknown. Null for toll-free numbers of the North American Numbering Plan, and for numbers without a
    /// country (+800).
    /// </summary>
    public string? Country { get; }

    /// <summary>Whether it is a toll-free number of the North American Numbering Plan.</summary>
    public bool IsTollFree { get; }

    /// <summary>The toll-free area codes that are in service.</summary>
    internal static IReadOnlyList<string> TollFreeAreaCodes => TollFreeCodes;

    /// <summary>The type by libphonenumber.</summary>
    internal PhoneNumbers.PhoneNumberType Kind => Library.GetNumberType(parsed);

    /// <summary>Whether it begins with +1: the US, Canada, the Caribbean and toll-free numbers.</summary>
    public bool IsNorthAmerican { get; }

    /// <summary>
    /// Whether it is known to be a mobile number. It is unknown, and false, for the North American Numbering Plan.
    /// </summary>
    public bool IsMobile => !IsNorthAmerican && Library.GetNumberType(parsed) == PhoneNumbers.PhoneNumberType.MOBILE;

    /// <summary>Whether calls to it cost more, and the callee has a part of it, as with +1 900 numbers.</summary>
    public bool IsPremiumRate => IsNorthAmerican
        ? E164.StartsWith("+1900", StringComparison.Ordinal)
        : Library.GetNumberType(parsed) == PhoneNumbers.PhoneNumberType.PREMIUM_RATE;

    /// <summary>Whether libphonenumber knows its range to be in service. Fictional numbers often are not.</summary>
    public bool IsInService => Library.IsValidNumber(parsed);

    /// <summary>The national format, for example <c>(415) 555-1234</c>.</summary>
    public string NationalFormat => Library.Format(parsed, PhoneNumberFormat.NATIONAL);

    /// <summary>The three digits after +1; null for other numbers.</summary>
    public string? AreaCode => IsNorthAmerican ? E164[2..5] : null;

    /// <summary>
    /// The city in capitals, and in the US and Canada the two letters of the state. Each is null if libphonenumber does
    /// not know it. Both are null outside of North America, where Twilio tells only the country.
    /// </summary>
    public (string? City, string? State) Place
    {
        get
        {
            if (!IsNorthAmerican) return default;
            var text = Geocoder.GetDescriptionForNumber(parsed, Locale.English) ?? "";
            // The text is "San Francisco, CA", or only the name of a state.
            var comma = text.LastIndexOf(", ", StringComparison.Ordinal);
            var city = comma > 0 && text.Length == comma + 4 ? text[..comma].ToUpperInvariant() : null;
            return (city, AreaCodeRegions.Of(E164[2..5]));
        }
    }

    /// <summary>
    /// Parses a number in E.164, or with spaces, dots, hyphens and parentheses. Without <c>+</c> it is North American.
    /// An unescaped <c>+</c> in a form arrives as a space.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PhoneNumberValue? number)
    {
        number = null;
        if (text.Length is < 3 or > 40 || text.AsSpan().ContainsAnyExcept(Allowed)) return false;
        if (text.LastIndexOf('+') > text.Length - text.AsSpan().TrimStart().Length) return false;
        try
        {
            var parsed = Library.Parse(text, "US");
            if (!IsPossible(parsed)) return false;
            var e164 = Library.Format(parsed, PhoneNumberFormat.E164);
            // libphonenumber removes one of several national prefixes. A result that does not parse to itself is not a
            // valid number.
            if (e164 != text
                && (!IsPossible(parsed = Library.Parse(e164, null))
                    || Library.Format(parsed, PhoneNumberFormat.E164) != e164))
                return false;
            number = new(e164, parsed);
            return true;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => E164;

    /// <summary>Whether the length allows calls from anywhere. A local number without its area code does not.</summary>
    private static bool IsPossible(PhoneNumbers.PhoneNumber number) =>
        Library.IsPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE;

    private static string? CountryOf(PhoneNumbers.PhoneNumber parsed)
    {
        var region = Library.GetRegionCodeForNumber(parsed) ?? Library.GetRegionCodeForCountryCode(parsed.CountryCode);
        return region is null or "001" or "ZZ" ? null : region;
    }
}
