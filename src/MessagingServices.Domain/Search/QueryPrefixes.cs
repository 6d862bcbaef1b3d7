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

    private const string Moment = "a day such as 2030-01-31, or a time such as 2030-01-31T10:30:00Z";

    private static readonly FrozenDictionary<string, Prefix> Prefixes = new Dictionary<string, Prefix>
    {
        ["to"] = new("an address such as +14155550123", value => new QueryTerm.Recipient(AnyAddress.Normalise(value))),
        ["from"] = new("an address such as +14155550123", value => new QueryTerm.Sender(AnyAddress.Normalise(value))),
        ["status"] = new(
            AnyOf(EnumNames<MessageStatus>.All),
            value => EnumNames<MessageStatus>.TryParse(value.ToLowerInvariant(), out var status)
                ? new QueryTerm.Status(status) : null),
        ["error"] = new(
            "an error code such as 30003",
            value => value.Length <= MaxErrorDigits
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                ? new QueryTerm.Failure(code) : null),
        ["service"] = new(
            "the SID of a Messaging Service",
            value => Sid.TryParseAs(SidPrefix.MessagingService, value, out var sid)
                ? new QueryTerm.Service(sid) : null),
        ["direction"] = new(
            AnyOf(EnumNames<MessageDirection>.All.Select(name => name.Replace('_', '-'))),
            value => EnumNames<MessageDirection>.TryParse(
                value.ToLowerInvariant().Replace('-', '_'), out var direction)
                ? new QueryTerm.Direction(direction) : null),
        ["is"] = new("media",
            value => value.Equals("media", StringComparison.OrdinalIgnoreCase) ? new QueryTerm.HasMedia() : null),
        ["before"] = new(Moment,
            value => Iso8601Time.TryParseDayOrMoment(value.ToUpperInvariant(), out var moment)
                ? new QueryTerm.Before(moment) : null),
        ["after"] = new(Moment,
            value => Iso8601Time.TryParseDayOrMoment(value.ToUpperInvariant(), out var moment)
                ? new QueryTerm.After(moment) : null),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The prefix with which a text begins, without its colon; null for none that is known.</summary>
    public static string? Of(ReadOnlySpan<char> text) =>
        text.IndexOf(':') is > 0 and var colon && Prefixes.GetAlternateLookup<ReadOnlySpan<char>>()
            .ContainsKey(text[..colon]) ? text[..colon].ToString() : null;

    /// <summary>The term of a prefix and its value.</summary>
    /// <exception cref="TwilioException">20001 for a value that the prefix does not have.</exception>
    public static QueryTerm Term(string prefix, string value)
    {
        var known = Prefixes[prefix];
        return (value.Length == 0 ? null : known.Read(value)) ?? throw new TwilioException(
            MessagingError.BadParameter.ToApiError(
                $"Query: '{value}' is no value of {prefix.ToLowerInvariant()}:, which takes {known.Values}"));
    }

    private static string AnyOf(IEnumerable<string> words) => $"one of {string.Join(", ", words)}";

    /// <summary>A prefix.</summary>
    /// <param name="Values">The values that it takes, for people.</param>
    /// <param name="Read">The term with a value; null for a value that means nothing.</param>
    private sealed record Prefix(string Values, Func<string, QueryTerm?> Read);
}
