namespace MessagingServices.Domain.Services;

/// <summary>
/// An application: settings that phone numbers and messages refer to. Settings for calls are stored and returned,
/// without effect. Source: https://www.twilio.com/docs/usage/api/applications.
/// </summary>
/// <param name="sid">SID with the prefix <c>AP</c>.</param>
/// <param name="accountSid">The account that owns it.</param>
/// <param name="dateCreated">When it was created.</param>
public sealed class Application(Sid sid, Sid accountSid, DateTimeOffset dateCreated)
{
    /// <summary>The maximum length of the friendly name, in characters.</summary>
    public const int MaxFriendlyNameLength = 64;

    /// <summary>SID with the prefix <c>AP</c>.</summary>
    public Sid Sid { get; private init; } = sid;

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private init; }

    public Sid AccountSid { get; private init; } = accountSid;

    public DateTimeOffset DateCreated { get; private init; } = dateCreated;

    public DateTimeOffset DateUpdated { get; set; } = dateCreated;

    /// <summary>A display name, at most 64 characters.</summary>
    public string FriendlyName { get; set; } = "";

    /// <summary>The version of the Twilio API in its webhooks.</summary>
    public string ApiVersion { get; set; } = "2010-04-01";

    /// <summary>
    /// The webhook for inbound messages of the numbers that refer to the application; replaces theirs.
    /// </summary>
    public string? SmsUrl { get; set; }

    public string SmsMethod { get; set; } = "POST";

    /// <summary>The URL to request when the webhook for messages fails.</summary>
    public string? SmsFallbackUrl { get; set; }

    public string SmsFallbackMethod { get; set; } = "POST";

    /// <summary>The older name of <see cref="MessageStatusCallback"/>, which wins.</summary>
    public string? SmsStatusCallback { get; set; }

    /// <summary>The URL of status callbacks of messages that refer to the application.</summary>
    public string? MessageStatusCallback { get; set; }

    /// <summary>The webhook for the status of calls.</summary>
    public string? StatusCallback { get; set; }

    public string StatusCallbackMethod { get; set; } = "POST";

    /// <summary>The webhook for calls.</summary>
    public string? VoiceUrl { get; set; }

    public string VoiceMethod { get; set; } = "POST";

    /// <summary>The URL to request when the webhook for calls fails.</summary>
    public string? VoiceFallbackUrl { get; set; }

    public string VoiceFallbackMethod { get; set; } = "POST";

    /// <summary>Whether the names of callers are looked up.</summary>
    public bool VoiceCallerIdLookup { get; set; }

    /// <summary>Whether other accounts may call it.</summary>
    public bool PublicApplicationConnectEnabled { get; set; }
}
