using System.Collections.Frozen;
using System.Globalization;
using MessagingServices.Domain.Clock;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Search;

/// <summary>The prefixes of the query language, and what their values mean.</summary>
internal static class QueryPrefixes
{
    private const int MaxErrorDigits = 6;

    // A value that means nothing gives null.
    private static readonly FrozenDictionary<string, Func<string, QueryTerm?>> Terms =
        new Dictionary<string, Func<string, QueryTerm?>>
    {
        ["to"] = value => new QueryTerm.Recipient(AnyAddress.Normalise(value)),
        ["from"] = value => new QueryTerm.Sender(AnyAddress.Normalise(value)),
        ["status"] = value => EnumNames<MessageStatus>.TryParse(value.ToLowerInvariant(), out var status)
            ? new QueryTerm.Status(status) : null,
        ["error"] = value => value.Length <= MaxErrorDigits
            && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? new QueryTerm.Failure(code) : null,
        ["service"] = value => Sid.TryParseAs(SidPrefix.MessagingService, value, out var sid)
            ? new QueryTerm.Service(sid) : null,
        ["direction"] = value => EnumNames<MessageDirection>.TryParse(
            value.ToLowerInvariant().Replace('-', '_'), out var direction) ? new QueryTerm.Direction(direction) : null,
        ["is"] = value => value.Equals("media", StringComparison.OrdinalIgnoreCase) ? new QueryTerm.HasMedia() : null,
        ["before"] = value => Iso8601Time.TryParseDayOrMoment(value.ToUpperInvariant(), out var moment)
            ? new QueryTerm.Before(moment) : null,
        ["after"] = value => Iso8601Time.TryParseDayOrMoment(value.ToUpperInvariant(), out var moment)
            ? new QueryTerm.After(moment) : null,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The prefix with which a text begins, without its colon; null for none that is known.</summary>
    public static string? Of(ReadOnlySpan<char> text) =>
        text.IndexOf(':') is > 0 and var colon && Terms.GetAlternateLookup<ReadOnlySpan<char>>()
            .ContainsKey(text[..colon]) ? text[..colon].ToString() : null;

    /// <summary>The term of a prefix and its value.</summary>
    /// <exception cref="TwilioException">20001 for a value that the prefix does not have.</exception>
    public static QueryTerm Term(string prefix, string value) =>
        (value.Length == 0 ? null : Terms[prefix](value)) ?? throw new TwilioException(
            MessagingError.BadParameter.ToApiError(
                $"Query: '{value}' is no value of {prefix.ToLowerInvariant()}:"));
}
