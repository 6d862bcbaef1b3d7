using System.Collections.Frozen;

namespace MessagingServices.Domain.Senders;

/// <summary>A country in which phone numbers are offered.</summary>
/// <param name="Code">The ISO 3166 code, in capital letters.</param>
/// <param name="Name">The name in English.</param>
public sealed record NumberCountry(string Code, string Name)
{
    private static readonly FrozenDictionary<string, NumberCountry> ByCode =
        Table.Read("number-countries.txt").Select(line => line.Split(' ', 2))
        .ToFrozenDictionary(row => row[0], row => new NumberCountry(row[0], row[1]));

    /// <summary>All countries, by code.</summary>
    public static IReadOnlyList<NumberCountry> All { get; } =
        [.. ByCode.Values.OrderBy(country => country.Code, StringComparer.Ordinal)];

    /// <summary>The country with a code; null when no numbers are offered there.</summary>
    public static NumberCountry? Of(string code) => ByCode.GetValueOrDefault(code);
}

/// <summary>The types of phone numbers that Twilio offers.</summary>
public enum OfferedNumberType
{
    /// <summary>A number with a place.</summary>
    Local,

    /// <summary>Toll-free, of the North American Numbering Plan.</summary>
    TollFree,

    /// <summary>Of a mobile network.</summary>
    Mobile,

    /// <summary>Without a place, for companies.</summary>
    National,

    /// <summary>Caller and callee share the costs of a call.</summary>
    SharedCost,

    /// <summary>Of an Internet telephone service.</summary>
    Voip,

    /// <summary>Of a device. No country has any here.</summary>
    MachineToMachine,
}
