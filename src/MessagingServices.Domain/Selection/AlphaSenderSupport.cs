using System.Collections.Frozen;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Which countries take alphanumeric senders. Source of the table: https://help.twilio.com/articles/223133767, of April 2026. Countries
/// that need or take a registration count as supported, with a warning.
/// </summary>
public static class AlphaSenderSupport
{
    private static readonly FrozenDictionary<string, AlphaSupport> Countries = Table.Read("alpha-sender-countries.txt")
        .Select(line => line.Split(' '))
        .SelectMany(row => row[1..].Select(country => KeyValuePair.Create(country, EnumNames<AlphaSupport>.Parse(row[0]))))
        .ToFrozenDictionary();

    /// <summary>What a country, by its ISO 3166 code, takes; an unknown one (null) takes none.</summary>
    public static AlphaSupport In(string? country) => country is null ? AlphaSupport.None : Countries.GetValueOrDefault(country, AlphaSupport.Full);

    /// <summary>What the operator should know of a sender without registration; null when there is nothing.</summary>
    internal static string? Warning(string? country, AlphaSupport support) => support switch
    {
        AlphaSupport.RegistrationRequired => $"30018: carriers in {country} require alphanumeric senders to be registered beforehand.",
        AlphaSupport.RegistrationOptional => $"30018: carriers in {country} take registered alphanumeric senders, and may replace others.",
        AlphaSupport.RegistrationConditional => $"30018: some carriers in {country} require alphanumeric senders to be registered beforehand.",
        AlphaSupport.Full or AlphaSupport.None => null,
    };
}

/// <summary>How far a country takes alphanumeric senders.</summary>
public enum AlphaSupport
{
    /// <summary>It does.</summary>
    Full,

    /// <summary>It does not.</summary>
    None,

    /// <summary>Only registered ones are sure to arrive.</summary>
    RegistrationRequired,

    /// <summary>It does; registered ones are safer.</summary>
    RegistrationOptional,

    /// <summary>Some carriers want them registered.</summary>
    RegistrationConditional,
}
