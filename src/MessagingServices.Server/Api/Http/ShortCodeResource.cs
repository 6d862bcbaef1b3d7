namespace MessagingServices.Server.Api.Http;

/// <summary>
/// A short code of the account on the wire: the 2010 API's resource, which the emulator API returns too. Source:
/// https://www.twilio.com/docs/messaging/api/short-code-resource.
/// </summary>
[XmlName("ShortCode")]
internal sealed record ShortCodeResource
{
    /// <summary>SID with the prefix SC.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>A name for people.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>The digits of the short code.</summary>
    public required string ShortCode { get; init; }

    /// <summary>When the account got it; RFC 2822.</summary>
    public required Rfc2822Date DateCreated { get; init; }

    /// <summary>When a setting last changed; RFC 2822.</summary>
    public required Rfc2822Date DateUpdated { get; init; }

    /// <summary>The API version that its webhooks speak.</summary>
    [Shape(Words = ["2010-04-01", "2008-08-01"])]
    public required string ApiVersion { get; init; }

    /// <summary>The HTTP method of the webhook for messages: <c>GET</c> or <c>POST</c>.</summary>
    [Shape(Words = ["GET", "POST"])]
    public required string SmsMethod { get; init; }

    /// <summary>The webhook for messages; null when there is none.</summary>
    public required string? SmsUrl { get; init; }

    /// <summary>The HTTP method of the fallback URL for messages: <c>GET</c> or <c>POST</c>.</summary>
    [Shape(Words = ["GET", "POST"])]
    public required string SmsFallbackMethod { get; init; }

    /// <summary>The URL that the server calls when the webhook for messages fails; null when there is none.</summary>
    public required string? SmsFallbackUrl { get; init; }

    /// <summary>The resource's path.</summary>
    public required string Uri { get; init; }

    /// <summary>The resource of a short code.</summary>
    public static ShortCodeResource Of(ShortCode shortCode) => new()
    {
        Sid = shortCode.Sid,
        AccountSid = shortCode.AccountSid,
        FriendlyName = shortCode.FriendlyName,
        ShortCode = shortCode.Code,
        DateCreated = new(shortCode.DateCreated),
        DateUpdated = new(shortCode.DateUpdated),
        ApiVersion = shortCode.ApiVersion,
        SmsMethod = shortCode.SmsMethod,
        SmsUrl = shortCode.SmsUrl,
        SmsFallbackMethod = shortCode.SmsFallbackMethod,
        SmsFallbackUrl = shortCode.SmsFallbackUrl,
        Uri = $"/2010-04-01/Accounts/{shortCode.AccountSid}/SMS/ShortCodes/{shortCode.Sid}.json",
    };
}
