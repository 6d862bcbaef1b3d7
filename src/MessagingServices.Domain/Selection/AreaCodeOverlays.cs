using System.Collections.Frozen;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// The area codes of the US and Canada that serve the same area. The relation is not transitive: 917 overlays both 212
/// and 718, which do not overlay each other. Source of the table: the area code report of NANPA, https://www.nanpa.com,
/// November 2025.
/// </summary>
public static class AreaCodeOverlays
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Overlays = Read();

    /// <summary>The overlays of an area code, without itself; empty for none.</summary>
    public static FrozenSet<string> Of(string areaCode) =>
        Overlays.GetValueOrDefault(areaCode, FrozenSet<string>.Empty);

    private static FrozenDictionary<string, FrozenSet<string>> Read()
    {
        var groups = Table.Read("area-code-overlays.txt").Select(line => line.Split('/')).ToList();
        return groups.SelectMany(group => group).Distinct().ToFrozenDictionary(
            code => code,
            code => groups.Where(group => group.Contains(code)).SelectMany(group => group)
                .Where(other => other != code).ToFrozenSet());
    }
}
