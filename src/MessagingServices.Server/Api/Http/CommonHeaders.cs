using System.Globalization;

namespace MessagingServices.Server.Api.Http;

/// <summary>The headers of every response of Twilio's API.</summary>
internal static class CommonHeaders
{
    /// <summary>
    /// Names the parameters of the request that Twilio knows and this server ignores: percent-encoded, with commas, at
    /// most 20 names of 64 characters, then <c>+</c> and the number of the others.
    /// </summary>
    public const string IgnoredParameters = "Emulator-Ignored-Parameters";

    /// <summary>The SID of the request rule that applies to the request.</summary>
    public const string RequestRule = "Emulator-Request-Rule";

    private const int MaxNames = 20;
    private const int MaxName = 64;

    /// <summary>Adds them.</summary>
    public static void Apply(HttpContext context)
    {
        var facts = RequestFacts.Of(context);
        var headers = context.Response.Headers;
        headers["Twilio-Request-Id"] = facts.Id.Value;
        headers["Twilio-Request-Duration"] =
            facts.Duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        headers["Twilio-Concurrent-Requests"] = facts.Concurrent.ToString(CultureInfo.InvariantCulture);
        headers["X-Home-Region"] = "us1";
        headers.Vary = "Origin";
        if (facts.IgnoredParameters is { } ignored) headers[IgnoredParameters] = Listed(ignored);
        if (facts.RequestRule is { } rule) headers[RequestRule] = rule.Value;
        if (facts.Domain is not { } domain) return;
        headers["X-API-Domain"] = domain;
        if (context.Request.Headers.Origin.Count > 0 && !facts.IsByCookie) AllowOrigin(headers);
    }

    private static string Listed(IReadOnlyList<string> names)
    {
        var listed = string.Join(',', names.Take(MaxNames)
            .Select(name => Uri.EscapeDataString(name.Length > MaxName ? name[..MaxName] : name)));
        return names.Count <= MaxNames ? listed
            : string.Create(CultureInfo.InvariantCulture, $"{listed},+{names.Count - MaxNames}");
    }

    /// <summary>What lets a page of another origin read a response.</summary>
    public static void AllowOrigin(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowHeaders =
            "Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since";
        headers.AccessControlAllowMethods = "GET, POST, DELETE, OPTIONS";
        headers.AccessControlExposeHeaders = "ETag";
        headers.AccessControlAllowCredentials = "true";
    }
}
