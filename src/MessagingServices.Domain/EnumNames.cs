using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MessagingServices.Domain;

/// <summary>The names of an enum's members in snake case, as used in JSON and in the database.</summary>
/// <typeparam name="T">An enum of <see cref="int"/>, without negative members.</typeparam>
[SuppressMessage("Design", "CA1000:Do not declare static members on generic types",
    Justification = "One table for each enum is the point.")]
public static class EnumNames<T> where T : struct, Enum
{
    // What can be is done outside of the generic type: its code is compiled for each enum when the server starts.
    private static readonly EnumTable Table = new(typeof(T));

    /// <summary>The names, in the order of the numbers.</summary>
    public static IReadOnlyList<string> All => Table.Names;

    /// <summary>The names in capital letters, in the order of the numbers.</summary>
    public static IReadOnlyList<string> AllUpper => Table.UpperNames;

    public static string Of(T value) => Table.NameOf(Unsafe.BitCast<T, int>(value));

    /// <summary>The name in capital letters, as in the registrations of brands, campaigns and numbers.</summary>
    public static string UpperOf(T value) => Table.UpperNameOf(Unsafe.BitCast<T, int>(value));

    /// <summary>The member with a name in capital letters.</summary>
    public static bool TryParseUpper(string? name, out T value)
    {
        value = default;
        return name is not null && !name.Any(char.IsLower) && TryParse(name.ToLowerInvariant(), out value);
    }

    /// <summary>The member with a name.</summary>
    /// <exception cref="KeyNotFoundException">No member has the name.</exception>
    public static T Parse(string name) => Unsafe.BitCast<int, T>(Table.Parse(name));

    public static bool TryParse(string name, out T value)
    {
        var isKnown = Table.TryParse(name, out var number);
        value = Unsafe.BitCast<int, T>(number);
        return isKnown;
    }
}
