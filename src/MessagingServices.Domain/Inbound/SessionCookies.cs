namespace MessagingServices.Domain.Inbound;

/// <summary>
/// The cookies that an application has set in its answers to one handset's messages to one sender: they come with the next such request, so that
/// a conversation has a session. Source: https://www.twilio.com/docs/messaging/twiml (cookies).
/// </summary>
public sealed class SessionCookies
{
    /// <summary>How long they are kept after the last message, by the time that messages live by.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(4);

    private SessionCookies() { }

    /// <summary>The cookies after an answer.</summary>
    /// <param name="accountSid">The account.</param>
    /// <param name="handset">Who sent the message.</param>
    /// <param name="sender">The sender that received it.</param>
    /// <param name="cookies">The cookies.</param>
    /// <param name="now">When.</param>
    public SessionCookies(Sid accountSid, string handset, string sender, IReadOnlyList<SessionCookie> cookies, DateTimeOffset now)
    {
        AccountSid = accountSid;
        Handset = handset;
        Sender = sender;
        Cookies = cookies;
        Expires = now + Lifetime;
    }

    /// <summary>The account.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>The handset's address.</summary>
    public string Handset { get; private init; } = "";

    /// <summary>The address of the sender that it writes to.</summary>
    public string Sender { get; private init; } = "";

    /// <summary>The cookies.</summary>
    public IReadOnlyList<SessionCookie> Cookies { get; private init; } = [];

    /// <summary>When they are forgotten.</summary>
    public DateTimeOffset Expires { get; private init; }
}

/// <summary>A cookie.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Path">The paths that it is sent to.</param>
/// <param name="Domain">The host that it is sent to; with a dot before it, also to those below.</param>
/// <param name="IsSecure">Whether it is sent by https only.</param>
/// <param name="Expires">When the application wants it forgotten, in real time; null when it does not say.</param>
public sealed record SessionCookie(string Name, string Value, string Path, string Domain, bool IsSecure, DateTimeOffset? Expires);
