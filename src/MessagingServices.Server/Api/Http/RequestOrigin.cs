namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Which page of a browser made a request. Source: https://fetch.spec.whatwg.org/#origin-header,
/// https://www.w3.org/TR/fetch-metadata/.
/// </summary>
internal static class RequestOrigin
{
    private const string FetchSite = "Sec-Fetch-Site";
    private const string SameOrigin = "same-origin";

    /// <summary>
    /// Whether no header says that another page made the request: its <c>Origin</c> is the request's own scheme, host
    /// and port, and <c>Sec-Fetch-Site</c> is <c>same-origin</c>, where they are there.
    /// </summary>
    public static bool IsOwn(HttpRequest request)
    {
        foreach (var origin in request.Headers.Origin)
            if (!Own(request).Equals(origin, StringComparison.OrdinalIgnoreCase)) return false;
        foreach (var site in request.Headers[FetchSite])
            if (site != SameOrigin) return false;
        return true;
    }

    /// <summary>
    /// Whether a request may act by the cookie that the browser adds to it. What changes something must say where it
    /// comes from.
    /// </summary>
    public static bool MayUseCookie(HttpRequest request) =>
        IsOwn(request) && (IsSafe(request.Method) || request.Headers.Origin.Count > 0);

    /// <summary>The port of an address that names none.</summary>
    public static int DefaultPort(HttpRequest request) => request.IsHttps ? 443 : 80;

    // Browsers leave the default port out.
    private static string Own(HttpRequest request)
    {
        var host = request.Host.Port == DefaultPort(request) ? request.Host.Host : request.Host.Value;
        return $"{request.Scheme}://{host}";
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
