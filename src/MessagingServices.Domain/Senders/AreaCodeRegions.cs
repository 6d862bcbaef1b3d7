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

    /// <summary>Two letters such as <c>CA</c>; null for an area code of another country or without geography.</summary>
    public static string? Of(string areaCode) => Regions.GetValueOrDefault(areaCode);
}
