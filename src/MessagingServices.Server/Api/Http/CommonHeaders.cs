using System.Globalization;

namespace MessagingServices.Server.Api.Http;

/// <summary>The headers of every response of Twilio's API.</summary>
internal static class CommonHeaders
{
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
        if (facts.Domain is not { } domain) return;
        headers["X-API-Domain"] = domain;
        if (context.Request.Headers.Origin.Count > 0) AllowOrigin(headers);
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
