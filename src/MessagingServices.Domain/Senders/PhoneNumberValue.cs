using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace MessagingServices.Domain.Senders;

/// <summary>
/// A phone number that libphonenumber finds possible (calling code and length), so that fictional numbers work too.
/// </summary>
public sealed record PhoneNumberValue
{
    /// <summary>What people write between digits; letters are not turned into digits.</summary>
    private static readonly SearchValues<char> Allowed = SearchValues.Create("+0123456789 ()-.\u00A0");

    /// <summary>Toll-free codes of the North American Numbering Plan in service.</summary>
    private static readonly string[] TollFreeCodes = ["800", "833", "844", "855", "866", "877", "888"];

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    // Reads its tables when they are first asked for: few servers need them.
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
    /// ISO 3166 code of the country: libphonenumber's region, or the calling code's main country where that is unknown (+44 GB, +1 US).
    /// Null for a toll-free number of the North American Numbering Plan, which has no geography, and for numbers of no country (+800).
    /// </summary>
    public string? Country { get; }

    /// <summary>Whether it is a toll-free number of the North American Numbering Plan.</summary>
    public bool IsTollFree { get; }

    /// <summary>Whether it begins with +1: the US, Canada, the Caribbean and toll-free.</summary>
    public bool IsNorthAmerican { get; }

    /// <summary>Whether it is known to be a mobile number; numbers of the North American Numbering Plan do not tell.</summary>
    public bool IsMobile => !IsNorthAmerican && Library.GetNumberType(parsed) == PhoneNumbers.PhoneNumberType.MOBILE;

    /// <summary>Whether libphonenumber knows its range to be in service; fictional numbers often are not.</summary>
    public bool IsInService => Library.IsValidNumber(parsed);

    /// <summary>As people of its country write it, for example <c>(415) 555-1234</c>.</summary>
    public string NationalFormat => Library.Format(parsed, PhoneNumberFormat.NATIONAL);

    /// <summary>The three digits after +1; null for other numbers.</summary>
    public string? AreaCode => IsNorthAmerican ? E164[2..5] : null;

    /// <summary>
    /// Where the number is at home: the city in capitals, where libphonenumber knows it, and in the US and Canada the two letters of the state;
    /// each null where that is not known.
    /// </summary>
    public (string? City, string? State) Place
    {
        get
        {
            var text = Geocoder.GetDescriptionForNumber(parsed, Locale.English) ?? "";
            if (!IsNorthAmerican) return (text.Length > 0 && !text.Contains(',', StringComparison.Ordinal) ? text.ToUpperInvariant() : null, null);
            // "San Francisco, CA"; of a whole state there is only the name.
            var comma = text.LastIndexOf(", ", StringComparison.Ordinal);
            return (comma > 0 && text.Length == comma + 4 ? text[..comma].ToUpperInvariant() : null, AreaCodeRegions.Of(E164[2..5]));
        }
    }

    /// <summary>
    /// Reads a number in E.164, or as people write it with spaces, dots, hyphens and parentheses; without <c>+</c> it is taken as North
    /// American (an unescaped <c>+</c> in a form arrives as a space).
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
            // A doubled national prefix is taken off one at a time: what is not read the same again is no number to store.
            if (e164 != text && (!IsPossible(parsed = Library.Parse(e164, null)) || Library.Format(parsed, PhoneNumberFormat.E164) != e164))
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

    /// <summary>Of a length that can be called from anywhere: local numbers without their area code are not enough.</summary>
    private static bool IsPossible(PhoneNumbers.PhoneNumber number) =>
        Library.IsPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE;

    private static string? CountryOf(PhoneNumbers.PhoneNumber parsed)
    {
        var region = Library.GetRegionCodeForNumber(parsed) ?? Library.GetRegionCodeForCountryCode(parsed.CountryCode);
        return region is null or "001" or "ZZ" ? null : region;
    }
}
