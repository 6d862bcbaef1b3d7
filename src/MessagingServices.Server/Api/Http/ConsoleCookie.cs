using System.Globalization;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// The cookie of a session of the console. Browsers send a host's cookies to all its ports, so the name has the port:
/// the sessions of two servers on one host stay apart.
/// </summary>
internal static class ConsoleCookie
{
    /// <summary>The header in which requests by cookie name the account that they act for.</summary>
    public const string AccountHeader = "X-Account";

    /// <summary>The path of the sessions.</summary>
    public const string SessionPath = "/console/session";

    private const string Prefix = "messaging_services_";

    /// <summary>The token in the cookie of this server; null when the request has none.</summary>
    public static string? Read(HttpRequest request) =>
        request.Headers.Cookie.Count == 0 ? null : request.Cookies[NameOf(request)];

    /// <summary>Whether a request has the cookie or the header of the console: a page made it, and no person.</summary>
    public static bool IsFromConsole(HttpRequest request) =>
        request.Headers.ContainsKey(AccountHeader) || Read(request) is not null || request.Path == SessionPath;

    /// <summary>Gives the cookie to the browser.</summary>
    /// <param name="context">The request.</param>
    /// <param name="token">The token of the session.</param>
    /// <param name="lifetime">How long the browser keeps it.</param>
    public static void Give(HttpContext context, string token, TimeSpan lifetime)
    {
        var options = Options(context.Request);
        options.MaxAge = lifetime;
        context.Response.Cookies.Append(NameOf(context.Request), token, options);
    }

    /// <summary>Takes the cookie from the browser.</summary>
    public static void Take(HttpContext context) =>
        context.Response.Cookies.Delete(NameOf(context.Request), Options(context.Request));

    private static string NameOf(HttpRequest request) => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{request.Host.Port ?? RequestOrigin.DefaultPort(request)}");

    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/",
    };
}
