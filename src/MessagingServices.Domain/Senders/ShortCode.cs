using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Domain.Senders;

/// <summary>
/// An account's short code, valid in one country only. Twilio has no API to create one. Source:
/// https://www.twilio.com/docs/messaging/api/short-code-resource.
/// </summary>
public sealed class ShortCode
{
    /// <summary>The maximum length of the friendly name, in characters.</summary>
    public const int MaxFriendlyNameLength = 64;

    private const int MinLength = 3;
    private const int MaxLength = 8;

    private ShortCode() { }

    /// <summary>
    /// Creates a short code of the account. It supports SMS; US and Canadian short codes also support MMS.
    /// </summary>
    /// <param name="sid">SID with the prefix <c>SC</c>.</param>
    /// <param name="code">Three to eight digits.</param>
    /// <param name="country">The ISO 3166 code of its country.</param>
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

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private init; }

    public Sid AccountSid { get; private init; }

    /// <summary>The digits. A short code is unique in its country over all accounts.</summary>
    public string Code { get; private init; } = "";

    /// <summary>The ISO 3166 code of its country.</summary>
    public string Country { get; private init; } = "";

    public SenderCapabilities Capabilities { get; private init; }

    public DateTimeOffset DateCreated { get; private init; }

    public DateTimeOffset DateUpdated { get; set; }

    /// <summary>A display name, at most 64 characters. The default is the digits.</summary>
    public string FriendlyName { get; set; } = "";

    /// <summary>The version of the Twilio API in its webhooks.</summary>
    public string ApiVersion { get; set; } = "2010-04-01";

    /// <summary>The webhook for inbound messages.</summary>
    public string? SmsUrl { get; set; }

    public string SmsMethod { get; set; } = "POST";

    /// <summary>The URL to request when the webhook fails.</summary>
    public string? SmsFallbackUrl { get; set; }

    public string SmsFallbackMethod { get; set; } = "POST";

    /// <summary>Whether the text is a short code: three to eight digits.</summary>
    public static bool IsCode([NotNullWhen(true)] string? text) =>
        text is { Length: >= MinLength and <= MaxLength } && text.All(char.IsAsciiDigit);
}
