using Microsoft.AspNetCore.Http.Features;

namespace MessagingServices.Server.Api.Http;

/// <summary>What the server knows of a request, for its headers and its lines in the log.</summary>
/// <param name="id">The SID of the request (prefix RQ).</param>
/// <param name="time">Real time.</param>
internal sealed class RequestFacts(Sid id, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();

    /// <summary>The SID of the request, which <c>Twilio-Request-Id</c> shows.</summary>
    public Sid Id => id;

    /// <summary>The time since the request came.</summary>
    public TimeSpan Duration => time.GetElapsedTime(start);

    /// <summary>How many requests of its account are under way, itself included.</summary>
    public int Concurrent { get; set; } = 1;

    /// <summary>
    /// The host of the product that it is for, such as <c>api.twilio.com</c>; null when it is for none of Twilio's.
    /// </summary>
    public string? Domain { get; set; }

    /// <summary>Whether the caller is known by a cookie: no page of another origin may read the response.</summary>
    public bool IsByCookie { get; set; }

    /// <summary>The parameters of the request that Twilio knows and this server ignores; null for none.</summary>
    public IReadOnlyList<string>? IgnoredParameters { get; set; }

    /// <summary>The request rule that applies to the request; null for none.</summary>
    public Sid? RequestRule { get; set; }

    /// <summary>The facts of a request.</summary>
    public static RequestFacts Of(HttpContext context) => context.Features.GetRequiredFeature<RequestFacts>();
}
