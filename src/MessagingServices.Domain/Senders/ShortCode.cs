using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Domain.Senders;

/// <summary>
/// A short code of an account, known in one country only. Source: https://www.twilio.com/docs/messaging/api/short-code-resource.
/// Twilio has no API that creates one.
/// </summary>
public sealed class ShortCode
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxFriendlyNameLength = 64;

    private const int MinLength = 3;
    private const int MaxLength = 8;

    private ShortCode() { }

    /// <summary>Gives the account a short code. It has SMS; one of the US or Canada has MMS too.</summary>
    /// <param name="sid">SID with the prefix <c>SC</c>.</param>
    /// <param name="accountSid">The account.</param>
    /// <param name="code">Three to eight digits.</param>
    /// <param name="country">ISO 3166 code of its country.</param>
    /// <param name="now">When the account gets it.</param>
    public ShortCode(Sid sid, Sid accountSid, string code, string country, DateTimeOffset now)
    {
        Sid = sid;
        AccountSid = accountSid;
        Code = code;
        Country = country;
        FriendlyName = code;
        DateCreated = DateUpdated = now;
        Capabilities = SenderCapabilities.Sms;
        if (country is "US" or "CA") Capabilities |= SenderCapabilities.Mms;
    }

    /// <summary>SID with the prefix <c>SC</c>.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The account that owns it.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>Its digits; in each country one account only has them.</summary>
    public string Code { get; private init; } = "";

    /// <summary>ISO 3166 code of its country.</summary>
    public string Country { get; private init; } = "";

    /// <summary>What it can carry.</summary>
    public SenderCapabilities Capabilities { get; private init; }

    /// <summary>When the account got it.</summary>
    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>When a setting last changed.</summary>
    public DateTimeOffset DateUpdated { get; set; }

    /// <summary>A name for people, at most 64 characters; at first the digits.</summary>
    public string FriendlyName { get; set; } = "";

    /// <summary>The API version that its webhooks speak.</summary>
    public string ApiVersion { get; set; } = "2010-04-01";

    /// <summary>The webhook for messages that come in.</summary>
    public string? SmsUrl { get; set; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string SmsMethod { get; set; } = "POST";

    /// <summary>Asked when the webhook fails.</summary>
    public string? SmsFallbackUrl { get; set; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string SmsFallbackMethod { get; set; } = "POST";

    /// <summary>Whether the text has the shape of a short code: three to eight digits.</summary>
    public static bool IsCode([NotNullWhen(true)] string? text) =>
        text is { Length: >= MinLength and <= MaxLength } && text.All(char.IsAsciiDigit);
}
