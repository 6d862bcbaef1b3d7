using System.Collections.Frozen;

namespace MessagingServices.Domain.Senders;

/// <summary>
/// The US state or Canadian province of an area code. Source of the table: the area code report of NANPA,
/// https://www.nanpa.com, November 2025.
/// </summary>
public static class AreaCodeRegions
{
    private static readonly FrozenDictionary<string, string> Regions =
        Table.Read("area-code-regions.txt").Select(line => line.Split(' '))
        .SelectMany(row => row[1].Split('/').Select(code => KeyValuePair.Create(code, row[0]))).ToFrozenDictionary();

    /// <summary>The area codes with a geography of a country, <c>US</c> or <c>CA</c>, in order.</summary>
    public static IEnumerable<string> In(string country) => Regions.Keys
        .Where(code => PhoneNumberValue.TryParse($"+1{code}2345678", out var sample) && sample.Country == country)
        .Order(StringComparer.Ordinal);

    /// <summary>Two letters such as <c>CA</c>; null for an area code of another country or without geography.</summary>
    public static string? Of(string areaCode) => Regions.GetValueOrDefault(areaCode);
}
