using System.Globalization;

namespace MessagingServices.Domain.Webhooks;

/// <summary>
/// The rules for one webhook request: Twilio's defaults, or the values in the fragment of the configured URL, as in
/// <c>https://example.com/sms#rc=2&amp;rp=ct,5xx</c>. <c>sni</c> and unknown keys have no effect; <c>e</c> is only
/// validated. See <see href="https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides"/>.
/// </summary>
public sealed record ConnectionOverrides
{
    /// <summary>The warning for an <c>e</c> that is not one of Twilio's edge locations.</summary>
    public const int InvalidEdgeLocation = 11240;

    /// <summary>
    /// The warning for an <c>rp</c> with a value other than <c>4xx</c>, <c>5xx</c>, <c>ct</c>, <c>rt</c> and
    /// <c>all</c>.
    /// </summary>
    public const int InvalidRetryPolicy = 11243;

    private static readonly HashSet<string> EdgeLocations = new(StringComparer.Ordinal)
    {
        "ashburn", "dublin", "frankfurt", "sao-paulo", "singapore", "sydney", "tokyo", "umatilla",
        "ashburn-ix", "frankfurt-ix", "london-ix", "san-jose-ix", "singapore-ix",
    };

    /// <summary>The rules for a URL without overrides.</summary>
    public static ConnectionOverrides Default { get; } = new();

    /// <summary><c>rc</c>: the number of retries, 0 to 5; default 1.</summary>
    public int RetryCount { get; init; } = 1;

    /// <summary><c>rp</c>: the failures to retry; default connect failures.</summary>
    public RetryOn RetryOn { get; init; } = RetryOn.ConnectFailures;

    /// <summary><c>ct</c>: the connect timeout of one attempt, 100 ms to 10 s; default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromMilliseconds(5000);

    /// <summary>
    /// <c>rt</c>: the max wait for the response and between its packets, 100 ms to 15 s; default 15 s.
    /// </summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromMilliseconds(15000);

    /// <summary><c>tt</c>: the timeout of all attempts together, 100 ms to 15 s; default 15 s.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMilliseconds(15000);

    /// <summary>Twilio's warning codes for invalid overrides, without duplicates; empty if all are valid.</summary>
    public IReadOnlyList<int> Warnings { get; init; } = [];

    /// <summary>
    /// Parses the overrides of a webhook's URL. The default replaces a value that is invalid or out of range.
    /// </summary>
    /// <param name="url">The configured URL. If a key is repeated, the last value wins.</param>
    public static ConnectionOverrides Parse(string url)
    {
        var overrides = Default;
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        if (hash < 0)
            return overrides;

        foreach (var pair in url[(hash + 1)..].Split('&'))
        {
            if (pair.Split('=', 2) is [var key, var value])
                overrides = overrides.With(key, Uri.UnescapeDataString(value));
        }

        return overrides;
    }

    /// <summary>The URL to request and to sign: the configured URL without its fragment.</summary>
    public static string WithoutFragment(string url)
    {
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? url : url[..hash];
    }

    private ConnectionOverrides With(string key, string value) => key switch
    {
        "rc" => this with { RetryCount = ParseNumber(value, 0, 5) ?? Default.RetryCount },
        "ct" => this with { ConnectTimeout = ParseTimeout(value, 10000) ?? Default.ConnectTimeout },
        "rt" => this with { ReadTimeout = ParseTimeout(value, 15000) ?? Default.ReadTimeout },
        "tt" => this with { TotalTimeout = ParseTimeout(value, 15000) ?? Default.TotalTimeout },
        "rp" => ParseRetryOn(value) is { } policy
            ? this with { RetryOn = policy }
            : this with { RetryOn = Default.RetryOn, Warnings = [.. Warnings.Union([InvalidRetryPolicy])] },
        "e" => value.Split(',').All(EdgeLocations.Contains)
            ? this
            : this with { Warnings = [.. Warnings.Union([InvalidEdgeLocation])] },
        _ => this,
    };

    private static RetryOn? ParseRetryOn(string list)
    {
        var policy = RetryOn.None;
        foreach (var name in list.Split(','))
        {
            RetryOn? named = name switch
            {
                "4xx" => RetryOn.ClientErrors,
                "5xx" => RetryOn.ServerErrors,
                "ct" => RetryOn.ConnectFailures,
                "rt" => RetryOn.ReadTimeouts,
                "all" => RetryOn.All,
                _ => null,
            };
            if (named is null)
                return null;
            policy |= named.Value;
        }

        return policy;
    }

    private static int? ParseNumber(string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : null;

    private static TimeSpan? ParseTimeout(string milliseconds, int max) =>
        ParseNumber(milliseconds, 100, max) is { } number ? TimeSpan.FromMilliseconds(number) : null;
}
