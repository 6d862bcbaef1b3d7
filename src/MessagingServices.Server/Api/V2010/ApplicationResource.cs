using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// An application. A member that is not set is null. Source: https://www.twilio.com/docs/usage/api/applications.
/// </summary>
[XmlName("Application")]
internal sealed record ApplicationResource
{
    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>The API version that its webhooks speak.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>When it was created; RFC 2822.</summary>
    public required Rfc2822Date DateCreated { get; init; }

    /// <summary>When it last changed; RFC 2822.</summary>
    public required Rfc2822Date DateUpdated { get; init; }

    /// <summary>A name for people.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>The URL of status callbacks of messages that refer to the application.</summary>
    public required string? MessageStatusCallback { get; init; }

    /// <summary>SID with the prefix AP.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The HTTP method of the fallback URL for messages: <c>GET</c> or <c>POST</c>.</summary>
    public required string SmsFallbackMethod { get; init; }

    /// <summary>The URL that the server calls when the webhook for messages fails.</summary>
    public required string? SmsFallbackUrl { get; init; }

    /// <summary>The HTTP method of the webhook for messages: <c>GET</c> or <c>POST</c>.</summary>
    public required string SmsMethod { get; init; }

    /// <summary>The older name of <c>message_status_callback</c>.</summary>
    public required string? SmsStatusCallback { get; init; }

    /// <summary>The webhook for messages.</summary>
    public required string? SmsUrl { get; init; }

    /// <summary>The webhook for the status of calls.</summary>
    public required string? StatusCallback { get; init; }

    /// <summary>The HTTP method of the webhook for the status of calls: <c>GET</c> or <c>POST</c>.</summary>
    public required string StatusCallbackMethod { get; init; }

    /// <summary>The resource's path.</summary>
    public required string Uri { get; init; }

    /// <summary>Whether callers' names are looked up.</summary>
    public required bool VoiceCallerIdLookup { get; init; }

    /// <summary>The HTTP method of the fallback URL for calls: <c>GET</c> or <c>POST</c>.</summary>
    public required string VoiceFallbackMethod { get; init; }

    /// <summary>The fallback URL of the webhook for calls.</summary>
    public required string? VoiceFallbackUrl { get; init; }

    /// <summary>The HTTP method of the webhook for calls: <c>GET</c> or <c>POST</c>.</summary>
    public required string VoiceMethod { get; init; }

    /// <summary>The webhook for calls.</summary>
    public required string? VoiceUrl { get; init; }

    /// <summary>Whether other accounts may call it.</summary>
    public required bool PublicApplicationConnectEnabled { get; init; }

    /// <summary>The resource of an application.</summary>
    public static ApplicationResource Of(Application application) => new()
    {
        AccountSid = application.AccountSid,
        ApiVersion = application.ApiVersion,
        DateCreated = new(application.DateCreated),
        DateUpdated = new(application.DateUpdated),
        FriendlyName = application.FriendlyName,
        MessageStatusCallback = application.MessageStatusCallback,
        Sid = application.Sid,
        SmsFallbackMethod = application.SmsFallbackMethod,
        SmsFallbackUrl = application.SmsFallbackUrl,
        SmsMethod = application.SmsMethod,
        SmsStatusCallback = application.SmsStatusCallback,
        SmsUrl = application.SmsUrl,
        StatusCallback = application.StatusCallback,
        StatusCallbackMethod = application.StatusCallbackMethod,
        Uri = $"/2010-04-01/Accounts/{application.AccountSid}/Applications/{application.Sid}.json",
        VoiceCallerIdLookup = application.VoiceCallerIdLookup,
        VoiceFallbackMethod = application.VoiceFallbackMethod,
        VoiceFallbackUrl = application.VoiceFallbackUrl,
        VoiceMethod = application.VoiceMethod,
        VoiceUrl = application.VoiceUrl,
        PublicApplicationConnectEnabled = application.PublicApplicationConnectEnabled,
    };
}
