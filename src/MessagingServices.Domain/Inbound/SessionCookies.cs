namespace MessagingServices.Domain.Inbound;

/// <summary>
/// The cookies from an application's responses to the messages of one handset to one sender. They are sent with the
/// next such request. Source: https://www.twilio.com/docs/messaging/twiml (cookies).
/// </summary>
public sealed class SessionCookies
{
    /// <summary>The lifetime after the last message, on the emulator's clock.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(4);

    private SessionCookies() { }

    /// <summary>Stores the cookies after a response.</summary>
    /// <param name="handset">The handset's address.</param>
    /// <param name="sender">The address of the receiving sender.</param>
    /// <param name="now">The time of the response, on the emulator's clock.</param>
    public SessionCookies(
        Sid accountSid, string handset, string sender, IReadOnlyList<SessionCookie> cookies, DateTimeOffset now)
    {
        AccountSid = accountSid;
        Handset = handset;
        Sender = sender;
        Cookies = cookies;
        Expires = now + Lifetime;
    }

    public Sid AccountSid { get; private init; }

    public string Handset { get; private init; } = "";

    /// <summary>The address of the receiving sender.</summary>
    public string Sender { get; private init; } = "";

    public IReadOnlyList<SessionCookie> Cookies { get; private init; } = [];

    /// <summary>The time at which the cookies are removed, on the emulator's clock.</summary>
    public DateTimeOffset Expires { get; private init; }
}

/// <param name="Path">The path prefix of the requests that get the cookie.</param>
/// <param name="Domain">The host that gets the cookie; with a leading dot, its subdomains too.</param>
/// <param name="IsSecure">Whether the cookie is sent by https only.</param>
/// <param name="Expires">The expiry date from the application, in real time; null without one.</param>
public sealed record SessionCookie(
    string Name, string Value, string Path, string Domain, bool IsSecure, DateTimeOffset? Expires);
