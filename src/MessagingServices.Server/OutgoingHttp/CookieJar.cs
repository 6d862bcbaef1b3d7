using System.Net;
using System.Text.RegularExpressions;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>The cookies of one session: at most 20, of 4,096 characters each.</summary>
internal sealed partial class CookieJar
{
    private const int MaxCookies = 20;

    /// <summary>
    /// Cookies for a domain with its subdomains. The container knows them, but has no property for it.
    /// </summary>
    private readonly HashSet<(string Name, string Domain)> withSubdomains = [];

    private readonly CookieContainer container = new(MaxCookies, MaxCookies, CookieContainer.DefaultCookieLengthLimit);

    /// <summary>Makes a jar with the stored cookies of the session.</summary>
    public CookieJar(IEnumerable<SessionCookie> cookies)
    {
        foreach (var stored in cookies)
        {
            NeedsSaving = true;
            try
            {
                var cookie = new Cookie(stored.Name, stored.Value, stored.Path)
                {
                    Secure = stored.IsSecure,
                    Expires = stored.Expires?.UtcDateTime ?? default,
                };
                if (stored.Domain.StartsWith('.'))
                {
                    cookie.Domain = stored.Domain;
                    container.Add(cookie);
                    withSubdomains.Add((stored.Name, stored.Domain[1..]));
                }
                else
                {
                    // Without a domain of its own the cookie belongs to this host only.
                    var scheme = stored.IsSecure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
                    container.Add(new UriBuilder(scheme, stored.Domain).Uri, cookie);
                }
            }
            catch (Exception invalid) when (invalid is CookieException or UriFormatException)
            {
            }
        }
    }

    /// <summary>Whether the session must be saved: it has cookies, or their expiry must be renewed.</summary>
    public bool NeedsSaving { get; private set; }

    /// <summary>The cookies that have not expired.</summary>
    public IReadOnlyList<SessionCookie> All =>
    [
        .. from cookie in container.GetAllCookies()
           where !cookie.Expired
           select new SessionCookie(cookie.Name, cookie.Value, cookie.Path, DomainOf(cookie), cookie.Secure,
               cookie.Expires == default ? null : cookie.Expires.ToUniversalTime()),
    ];

    /// <summary>Adds the cookies for the request's URL to it.</summary>
    public void Give(HttpRequestMessage request)
    {
        var header = container.GetCookieHeader(request.RequestUri!);
        if (header.Length > 0) request.Headers.TryAddWithoutValidation("Cookie", header);
    }

    /// <summary>Stores the cookies that a response sets. Malformed ones are ignored, as in browsers.</summary>
    public void Take(Uri from, HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Set-Cookie", out var set)) return;
        foreach (var cookie in set)
        {
            try
            {
                container.SetCookies(from, cookie);
                NeedsSaving = true;
                if (DomainAttribute().Match(cookie) is not { Success: true } domain) continue;
                var name = cookie[..cookie.IndexOf('=')].Trim();
                withSubdomains.Add((name, domain.Groups["domain"].Value));
            }
            catch (CookieException)
            {
            }
        }
    }

    private string DomainOf(Cookie cookie)
    {
        var domain = cookie.Domain.TrimStart('.');
        return withSubdomains.Contains((cookie.Name, domain)) ? $".{domain}" : domain;
    }

    [GeneratedRegex(@";\s*domain\s*=\s*\.?(?<domain>[^;\s]+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex DomainAttribute();
}
