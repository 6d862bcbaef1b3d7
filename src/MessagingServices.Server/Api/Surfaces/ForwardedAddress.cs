namespace MessagingServices.Server.Api.Surfaces;

/// <summary>
/// Takes the scheme and the host that the client used from the headers of a known proxy. Otherwise the URLs in
/// responses would lead past the proxy. Of a list, the first entry is the client's.
/// </summary>
internal sealed class ForwardedAddress(RequestDelegate next, KnownProxyOptions options)
{
    /// <summary>Changes the request, and calls the rest of the pipeline.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.Connection.RemoteIpAddress is { } caller && options.Trusts(caller))
        {
            if (First(request, "X-Forwarded-Proto")?.ToLowerInvariant() is ("http" or "https") and var scheme)
                request.Scheme = scheme;
            if (First(request, "X-Forwarded-Host") is { } host && IsHost(host)) request.Host = new(host);
        }

        return next(context);
    }

    private static string? First(HttpRequest request, string header) =>
        request.Headers.TryGetValue(header, out var values) ? values.ToString().Split(',')[0].Trim() : null;

    /// <summary>A host with or without a port, and nothing that would change the rest of a URL.</summary>
    private static bool IsHost(string text) =>
        Uri.TryCreate($"http://{text}", UriKind.Absolute, out var uri) && uri.PathAndQuery == "/"
        && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && !text.Contains('/', StringComparison.Ordinal);
}
