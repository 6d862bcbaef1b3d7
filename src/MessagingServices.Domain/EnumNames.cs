using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MessagingServices.Domain;

/// <summary>The names of an enum's members in snake case, as used in JSON and in the database.</summary>
[SuppressMessage("Design", "CA1000:Do not declare static members on generic types",
    Justification = "One table for each enum is the point.")]
public static class EnumNames<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names =
        Enum.GetValues<T>().ToFrozenDictionary(
            value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<T, string> UpperNames =
        Names.ToFrozenDictionary(row => row.Key, row => row.Value.ToUpperInvariant());

    private static readonly FrozenDictionary<string, T> Values =
        Names.ToFrozenDictionary(row => row.Value, row => row.Key);

    public static IReadOnlyCollection<string> All => Values.Keys;

    /// <summary>The names in capital letters, in the order of the members.</summary>
    public static IReadOnlyList<string> AllUpper { get; } = [.. Enum.GetValues<T>().Select(UpperOf)];

    public static string Of(T value) => Names[value];

    /// <summary>The name in capital letters, as in the registrations of brands, campaigns and numbers.</summary>
    public static string UpperOf(T value) => UpperNames[value];

    /// <summary>The member with a name in capital letters.</summary>
    public static bool TryParseUpper(string? name, out T value)
    {
        value = default;
        return name is not null && !name.Any(char.IsLower) && TryParse(name.ToLowerInvariant(), out value);
    }

    /// <summary>The member with a name.</summary>
    /// <exception cref="KeyNotFoundException">No member has the name.</exception>
    public static T Parse(string name) => Values[name];

    public static bool TryParse(string name, out T value) => Values.TryGetValue(name, out value);
}
