using PhoneNumbers;
using Kind = PhoneNumbers.PhoneNumberType;

namespace MessagingServices.Domain.Senders;

/// <summary>
/// The phone numbers that can be provisioned. They are not stored: the same search always finds the same ones, all of
/// them valid by libphonenumber.
/// </summary>
public static class NumberOffers
{
    /// <summary>How many numbers a search tries. So it ends soon, also if none fits.</summary>
    private const int MaxTries = 20_000;

    /// <summary>The digits that vary outside of the US and Canada.</summary>
    private const int FreeDigits = 6;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>The types of which a country has numbers, in the order of the enum.</summary>
    public static IReadOnlyList<OfferedNumberType> TypesIn(string country) =>
        [.. Enum.GetValues<OfferedNumberType>().Where(type => Masks(new(country, type)).Any())];

    /// <summary>The numbers of a search, in an order that looks random and is always the same.</summary>
    /// <param name="search">Which numbers.</param>
    /// <param name="cancellation">Ends the search with an <see cref="OperationCanceledException"/>.</param>
    public static IEnumerable<PhoneNumberValue> Find(NumberSearch search, CancellationToken cancellation = default)
    {
        List<string> masks =
        [
            .. Masks(search).SelectMany(mask => search.Contains is { } text ? text.Fit(mask) : [mask]).Distinct(),
        ];
        HashSet<string> seen = [];
        var tries = 0;
        for (var place = 0L; masks.Count > 0; place++)
        {
            // In turns, so that the first numbers are of many area codes.
            foreach (var mask in masks)
            {
                cancellation.ThrowIfCancellationRequested();
                if (++tries > MaxTries) yield break;
                var digits = NumberMask.Fill(mask, place);
                if (seen.Add(digits) && Offered(search, digits) is { } number) yield return number;
            }

            masks.RemoveAll(mask => NumberMask.Count(mask) <= place + 1);
        }
    }

    private static PhoneNumberValue? Offered(NumberSearch search, string digits) =>
        PhoneNumberValue.TryParse($"+{digits}", out var number) && number.IsInService && IsOfType(search, number)
        && (search.Region is null || number.Place.State == search.Region)
        && (search.Locality is null || search.Locality.Equals(number.Place.City, StringComparison.OrdinalIgnoreCase))
            ? number
            : null;

    private static bool IsOfType(NumberSearch search, PhoneNumberValue number) =>
        search.Type == OfferedNumberType.TollFree
            ? number.IsTollFree
            : number.Country == search.Country && Fits(search.Type, number.Kind, number.IsNorthAmerican);

    // Some countries do not tell local and mobile numbers apart. There a number can be provisioned as either. North
    // American ones count as local.
    private static bool Fits(OfferedNumberType type, Kind kind, bool isNorthAmerican) =>
        kind == KindOf(type) || (kind == Kind.FIXED_LINE_OR_MOBILE
            && (type == OfferedNumberType.Local || (type == OfferedNumberType.Mobile && !isNorthAmerican)));

    private static Kind? KindOf(OfferedNumberType type) => type switch
    {
        OfferedNumberType.Local => Kind.FIXED_LINE,
        OfferedNumberType.TollFree => Kind.TOLL_FREE,
        OfferedNumberType.Mobile => Kind.MOBILE,
        OfferedNumberType.National => Kind.UAN,
        OfferedNumberType.SharedCost => Kind.SHARED_COST,
        OfferedNumberType.Voip => Kind.VOIP,
        OfferedNumberType.MachineToMachine => null,
    };

    private static IEnumerable<string> Masks(NumberSearch search)
    {
        var isNorthAmerican = search.Country is "US" or "CA";
        return (search.Type, isNorthAmerican) switch
        {
            (OfferedNumberType.TollFree, true) => AreaCodes(search, PhoneNumberValue.TollFreeAreaCodes),
            (OfferedNumberType.Local, true) => AreaCodes(search, AreaCodeRegions.In(search.Country)),
            // Elsewhere a toll-free number could not be provisioned as one, and a North American mobile one shows not
            // that it is.
            (OfferedNumberType.TollFree, false) or (_, true) => [],
            _ => OfExample(search),
        };
    }

    private static IEnumerable<string> AreaCodes(NumberSearch search, IEnumerable<string> codes) =>
        codes.Where(code => (search.AreaCode is null || code == search.AreaCode)
                && (search.Region is null || AreaCodeRegions.Of(code) == search.Region))
            .Select(code => $"1{code}{new string(NumberMask.Free, 7)}");

    private static IEnumerable<string> OfExample(NumberSearch search)
    {
        if (KindOf(search.Type) is not { } kind || Library.GetExampleNumberForType(search.Country, kind) is not { } one
            || !Fits(search.Type, Library.GetNumberType(one), one.CountryCode == 1))
            yield break;
        var digits = Library.Format(one, PhoneNumberFormat.E164)[1..];
        var free = Math.Min(FreeDigits, Math.Max(digits.Length - 4, 0));
        yield return $"{digits[..^free]}{new string(NumberMask.Free, free)}";
    }
}

/// <summary>Which phone numbers are searched for.</summary>
/// <param name="Country">The ISO 3166 code, in capital letters.</param>
/// <param name="Type">The type.</param>
public sealed record NumberSearch(string Country, OfferedNumberType Type)
{
    /// <summary>Three digits of the US or Canada; null for any.</summary>
    public string? AreaCode { get; init; }

    /// <summary>The digits that the number has; null for any.</summary>
    public NumberContains? Contains { get; init; }

    /// <summary>The two letters of a state or province, in capital letters; null for any.</summary>
    public string? Region { get; init; }

    /// <summary>The city; null for any.</summary>
    public string? Locality { get; init; }
}
