using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MessagingServices.Domain;

/// <summary>The names of an enum's members in snake case, as they stand on the wire and in the database.</summary>
[SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "One table for each enum is the point.")]
public static class EnumNames<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(row => row.Value, row => row.Key);

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> All => Values.Keys;

    /// <summary>The name of a member.</summary>
    public static string Of(T value) => Names[value];

    /// <summary>The member of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static T Parse(string name) => Values[name];

    /// <summary>The member of a name, if there is one.</summary>
    public static bool TryParse(string name, out T value) => Values.TryGetValue(name, out value);
}
