using System.Net;
using MessagingServices.Domain.Inbound;

namespace MessagingServices.Server.Inbound;

/// <summary>The cookies of one session while its webhook is made. Bounded: at most 20, of 4,096 characters each.</summary>
public sealed class CookieJar
{
    private const int MostCookies = 20;
    private readonly CookieContainer container = new(MostCookies, MostCookies, CookieContainer.DefaultCookieLengthLimit);

    /// <summary>The jar with what the session has so far.</summary>
    public CookieJar(IEnumerable<SessionCookie> cookies)
    {
        foreach (var kept in cookies)
        {
            IsToBeKept = true;
            container.Add(new Cookie(kept.Name, kept.Value, kept.Path, kept.Domain)
            {
                Secure = kept.IsSecure, Expires = kept.Expires?.UtcDateTime ?? default,
            });
        }
    }

    /// <summary>Whether there is anything to be kept, be it for some longer only.</summary>
    public bool IsToBeKept { get; private set; }

    /// <summary>All cookies.</summary>
    public IReadOnlyList<SessionCookie> All => [.. container.GetAllCookies().Where(cookie => !cookie.Expired).Select(cookie => new SessionCookie(
        cookie.Name, cookie.Value, cookie.Path, cookie.Domain, cookie.Secure, cookie.Expires == default ? null : cookie.Expires.ToUniversalTime()))];

    /// <summary>Puts what belongs to a request's URL into it.</summary>
    internal void Give(HttpRequestMessage request)
    {
        var header = container.GetCookieHeader(request.RequestUri!);
        if (header.Length > 0) request.Headers.TryAddWithoutValidation("Cookie", header);
    }

    /// <summary>Takes what an answer sets; what is no cookie is passed over, as browsers do.</summary>
    internal void Take(Uri from, HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Set-Cookie", out var set)) return;
        foreach (var cookie in set)
        {
            try
            {
                container.SetCookies(from, cookie);
                IsToBeKept = true;
            }
            catch (CookieException)
            {
            }
        }
    }
}
