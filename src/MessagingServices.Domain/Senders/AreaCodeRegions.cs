using System.Collections.Frozen;

namespace MessagingServices.Domain.Senders;

/// <summary>
/// The state of the US or the province of Canada that an area code belongs to. Source of the table: the area code report of NANPA,
/// https://www.nanpa.com, of November 2025.
/// </summary>
public static class AreaCodeRegions
{
    private static readonly FrozenDictionary<string, string> Regions = Table.Read("area-code-regions.txt").Select(line => line.Split(' '))
        .SelectMany(row => row[1].Split('/').Select(code => KeyValuePair.Create(code, row[0]))).ToFrozenDictionary();

    /// <summary>Two letters such as <c>CA</c>; null for an area code of neither country, or of none in particular.</summary>
    public static string? Of(string areaCode) => Regions.GetValueOrDefault(areaCode);
}
