using System.Globalization;

namespace MessagingServices.Domain.Webhooks;

/// <summary>
/// How a webhook is requested: Twilio's defaults, or what the fragment of the configured URL says instead, as in
/// <c>https://example.com/sms#rc=2&amp;rp=ct,5xx</c>. <c>sni</c> and unknown keys change nothing; <c>e</c> is only checked.
/// See <see href="https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides"/>.
/// </summary>
public sealed record ConnectionOverrides
{
    /// <summary>The warning for an <c>e</c> that names no edge location of Twilio's.</summary>
    public const int InvalidEdgeLocation = 11240;

    /// <summary>The warning for an <c>rp</c> with anything but <c>4xx</c>, <c>5xx</c>, <c>ct</c>, <c>rt</c> and <c>all</c>.</summary>
    public const int InvalidRetryPolicy = 11243;

    private static readonly HashSet<string> EdgeLocations = new(StringComparer.Ordinal)
    {
        "ashburn", "dublin", "frankfurt", "sao-paulo", "singapore", "sydney", "tokyo", "umatilla",
        "ashburn-ix", "frankfurt-ix", "london-ix", "san-jose-ix", "singapore-ix",
    };

    /// <summary>What holds for a URL without overrides.</summary>
    public static ConnectionOverrides Default { get; } = new();

    /// <summary><c>rc</c>: attempts after the first one, 0 to 5; 1 unless overridden.</summary>
    public int RetryCount { get; init; } = 1;

    /// <summary><c>rp</c>: the failures that are worth a retry; connect failures unless overridden.</summary>
    public RetryOn RetryOn { get; init; } = RetryOn.ConnectFailures;

    /// <summary><c>ct</c>: how long one attempt may take to connect, 100 ms to 10 s; 5 s unless overridden.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromMilliseconds(5000);

    /// <summary><c>rt</c>: how long to wait for the answer and between its packets, 100 ms to 15 s; 15 s unless overridden.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromMilliseconds(15000);

    /// <summary><c>tt</c>: how long all attempts together may take, 100 ms to 15 s; 15 s unless overridden.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMilliseconds(15000);

    /// <summary>Twilio's codes for overrides that were not understood, each at most once; empty when all is well.</summary>
    public IReadOnlyList<int> Warnings { get; init; } = [];

    /// <summary>Reads the overrides of a webhook's URL. A value that is unreadable or out of range leaves the default in place.</summary>
    /// <param name="url">The URL as configured. Of a key given twice the last value counts.</param>
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

    /// <summary>The URL that is really requested, and signed: the configured one up to its fragment.</summary>
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

    private static int? ParseNumber(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : null;

    private static TimeSpan? ParseTimeout(string milliseconds, int most) =>
        ParseNumber(milliseconds, 100, most) is { } number ? TimeSpan.FromMilliseconds(number) : null;
}
