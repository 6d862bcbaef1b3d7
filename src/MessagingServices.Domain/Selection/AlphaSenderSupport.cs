using System.Collections.Frozen;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// The countries that support alphanumeric senders. A country that requires or offers registration counts as supported,
/// with a warning. Source of the table: https://help.twilio.com/articles/223133767, April 2026.
/// </summary>
public static class AlphaSenderSupport
{
    private static readonly FrozenDictionary<string, AlphaSupport> Countries = Table.Read("alpha-sender-countries.txt")
        .Select(line => line.Split(' '))
        .SelectMany(row =>
            row[1..].Select(country => KeyValuePair.Create(country, EnumNames<AlphaSupport>.Parse(row[0]))))
        .ToFrozenDictionary();

    /// <summary>The support in a country, by its ISO 3166 code; none for an unknown country (null).</summary>
    public static AlphaSupport In(string? country) =>
        country is null ? AlphaSupport.None : Countries.GetValueOrDefault(country, AlphaSupport.Full);

    /// <summary>The warning for a sender without registration; null for none.</summary>
    internal static string? Warning(string? country, AlphaSupport support) => support switch
    {
        AlphaSupport.RegistrationRequired =>
            $"30018: carriers in {country} require alphanumeric senders to be registered beforehand.",
        AlphaSupport.RegistrationOptional =>
            $"30018: carriers in {country} take registered alphanumeric senders, and may replace others.",
        AlphaSupport.RegistrationConditional =>
            $"30018: some carriers in {country} require alphanumeric senders to be registered beforehand.",
        AlphaSupport.Full or AlphaSupport.None => null,
    };
}

/// <summary>A country's support of alphanumeric senders.</summary>
public enum AlphaSupport
{
    Full,

    None,

    /// <summary>Only registered senders are delivered reliably.</summary>
    RegistrationRequired,

    /// <summary>Supported; registered senders are more reliable.</summary>
    RegistrationOptional,

    /// <summary>Some carriers require registration.</summary>
    RegistrationConditional,
}
