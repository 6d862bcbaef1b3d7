using System.Collections.Frozen;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Which area codes of the US and Canada serve the same area. Overlaying is not transitive: 917 overlays both 212 and 718, which do not
/// overlay each other. Source of the table: the area code report of NANPA, https://www.nanpa.com, of November 2025.
/// </summary>
public static class AreaCodeOverlays
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Overlays = Read();

    /// <summary>The area codes that overlay this one, without itself; empty when there are none.</summary>
    public static FrozenSet<string> Of(string areaCode) => Overlays.GetValueOrDefault(areaCode, FrozenSet<string>.Empty);

    private static FrozenDictionary<string, FrozenSet<string>> Read()
    {
        var groups = Table.Read("area-code-overlays.txt").Select(line => line.Split('/')).ToList();
        return groups.SelectMany(group => group).Distinct().ToFrozenDictionary(
            code => code, code => groups.Where(group => group.Contains(code)).SelectMany(group => group).Where(other => other != code).ToFrozenSet());
    }
}
