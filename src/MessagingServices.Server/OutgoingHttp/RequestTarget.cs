using System.Net;
using System.Net.Http.Headers;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>One HTTP request: the first one of a webhook or a download, or one that follows a redirect.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Url">The URL without its fragment, maybe with user name and password.</param>
/// <param name="Parameters">The form of a POST; empty for a GET, whose parameters are in the URL.</param>
internal sealed record RequestTarget(
    HttpMethod Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    private static readonly MediaTypeHeaderValue FormType =
        MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=utf-8");

    /// <summary>The first request of a webhook.</summary>
    public static RequestTarget Of(Webhook webhook)
    {
        var url = ConnectionOverrides.WithoutFragment(webhook.Url);
        if (webhook.Method != "GET") return new(HttpMethod.Post, url, webhook.Parameters);
        if (webhook.Parameters.Count == 0) return new(HttpMethod.Get, url, []);
        var query = string.Join('&', webhook.Parameters
            .Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        return new(HttpMethod.Get, url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query, []);
    }

    /// <summary>The request's URI; null if the URL is invalid.</summary>
    public Uri? Uri { get; } = Parse(Url);

    /// <summary>
    /// The URL for the signature. A URL with spaces or letters outside of ASCII is signed in its escaped form, because
    /// the receiver gets only this form.
    /// </summary>
    public string SignedUrl => Uri is null || IsAscii(Url) ? Url : Uri.AbsoluteUri;

    /// <summary>
    /// The request that follows a redirect; null if <paramref name="location"/> is invalid. As in browsers, 301, 302
    /// and 303 lead to a GET without the form, and 307 repeats the request.
    /// </summary>
    public RequestTarget? Redirected(int statusCode, string? location)
    {
        if (string.IsNullOrEmpty(location) || !Uri.TryCreate(Uri, location, out var resolved)) return null;
        // The raw location, if it is absolute: resolving rewrites escapes.
        var url = ConnectionOverrides.WithoutFragment(location switch
        {
            ['/', not '/', ..] or "/" => Url[..AuthorityEnd(Url)] + location,
            _ when location.Contains("://", StringComparison.Ordinal)
                && Uri.TryCreate(location, UriKind.Absolute, out _) => location,
            _ => resolved.AbsoluteUri,
        });
        RequestTarget next = statusCode == 307 ? new(Method, url, Parameters) : new(HttpMethod.Get, url, []);
        return next.Uri is null ? null : next;
    }

    public HttpRequestMessage CreateRequest(string signature, Guid idempotencyToken)
    {
        var request = new HttpRequestMessage(Method, Uri)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "TwilioProxy/1.1");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("X-Twilio-Signature", signature);
        request.Headers.TryAddWithoutValidation("I-Twilio-Idempotency-Token", idempotencyToken.ToString());
        request.Headers.TryAddWithoutValidation("X-Home-Region", "us1");
        if (Method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent(Parameters);
            request.Content.Headers.ContentType = FormType;
        }

        return request;
    }

    private static Uri? Parse(string url)
    {
        // Path and query must be sent as written: otherwise the receiver gets another URL than the signed one.
        var path = AuthorityEnd(url);
        var options = new UriCreationOptions
        {
            DangerousDisablePathAndQueryCanonicalization = path < url.Length && url[path] == '/' && IsAscii(url),
        };
        return Uri.TryCreate(url, options, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri
            : null;
    }

    private static int AuthorityEnd(string url)
    {
        var authority = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var length = url.AsSpan(Math.Min(authority, url.Length)).IndexOfAny("/?\\");
        return length < 0 ? url.Length : authority + length;
    }

    private static bool IsAscii(string url) => !url.AsSpan().ContainsAnyExceptInRange('!', '~');
}
