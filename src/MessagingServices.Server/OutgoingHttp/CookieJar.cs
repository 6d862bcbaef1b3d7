using System.Net;
using System.Text.RegularExpressions;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>The cookies of one session while its webhook is made. Bounded: at most 20, of 4,096 characters each.</summary>
internal sealed partial class CookieJar
{
    private const int MaxCookies = 20;

    /// <summary>The cookies that were set for a domain with all below it, which the container knows but does not tell.</summary>
    private readonly HashSet<(string Name, string Domain)> wide = [];

    private readonly CookieContainer container = new(MaxCookies, MaxCookies, CookieContainer.DefaultCookieLengthLimit);

    /// <summary>The jar with what the session has so far.</summary>
    public CookieJar(IEnumerable<SessionCookie> cookies)
    {
        foreach (var kept in cookies)
        {
            IsToBeKept = true;
            try
            {
                var cookie = new Cookie(kept.Name, kept.Value, kept.Path) { Secure = kept.IsSecure, Expires = kept.Expires?.UtcDateTime ?? default };
                if (kept.Domain.StartsWith('.'))
                {
                    cookie.Domain = kept.Domain;
                    container.Add(cookie);
                    wide.Add((kept.Name, kept.Domain[1..]));
                }
                else
                {
                    // Without a domain of its own it belongs to this host alone.
                    container.Add(new UriBuilder(kept.IsSecure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, kept.Domain).Uri, cookie);
                }
            }
            catch (Exception unusable) when (unusable is CookieException or UriFormatException)
            {
            }
        }
    }

    /// <summary>Whether there is anything to be kept, be it for some longer only.</summary>
    public bool IsToBeKept { get; private set; }

    /// <summary>All cookies.</summary>
    public IReadOnlyList<SessionCookie> All => [.. container.GetAllCookies().Where(cookie => !cookie.Expired).Select(cookie => new SessionCookie(
        cookie.Name, cookie.Value, cookie.Path, DomainOf(cookie), cookie.Secure, cookie.Expires == default ? null : cookie.Expires.ToUniversalTime()))];

    /// <summary>Puts what belongs to a request's URL into it.</summary>
    public void Give(HttpRequestMessage request)
    {
        var header = container.GetCookieHeader(request.RequestUri!);
        if (header.Length > 0) request.Headers.TryAddWithoutValidation("Cookie", header);
    }

    /// <summary>Takes what an answer sets; what is no cookie is passed over, as browsers do.</summary>
    public void Take(Uri from, HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Set-Cookie", out var set)) return;
        foreach (var cookie in set)
        {
            try
            {
                container.SetCookies(from, cookie);
                IsToBeKept = true;
                if (DomainAttribute().Match(cookie) is { Success: true } domain) wide.Add((cookie[..cookie.IndexOf('=')].Trim(), domain.Groups["domain"].Value));
            }
            catch (CookieException)
            {
            }
        }
    }

    private string DomainOf(Cookie cookie)
    {
        var domain = cookie.Domain.TrimStart('.');
        return wide.Contains((cookie.Name, domain)) ? $".{domain}" : domain;
    }

    [GeneratedRegex(@";\s*domain\s*=\s*\.?(?<domain>[^;\s]+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex DomainAttribute();
}
