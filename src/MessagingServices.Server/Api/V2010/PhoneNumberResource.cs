using System.Text.Json.Serialization;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// A phone number of the account, as responses show it. A member that is not set is null or empty, as at Twilio.
/// Source: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource.
/// </summary>
[XmlName("IncomingPhoneNumber")]
internal sealed record PhoneNumberResource
{
    /// <summary>SID with the prefix PN.</summary>
    public required Sid Sid { get; init; }

    /// <summary>The account that owns it.</summary>
    public required Sid AccountSid { get; init; }

    /// <summary>A name for people.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>The number in E.164.</summary>
    [Shape(Pattern = "^[+][0-9]+$")]
    public required string PhoneNumber { get; init; }

    /// <summary>When the account got it; RFC 2822.</summary>
    public required Rfc2822Date DateCreated { get; init; }

    /// <summary>When a setting last changed; RFC 2822.</summary>
    public required Rfc2822Date DateUpdated { get; init; }

    /// <summary>Its capabilities.</summary>
    public required PhoneNumberCapabilities Capabilities { get; init; }

    /// <summary>Whether it needs an address: never.</summary>
    [Shape(Words = ["none"])]
    public string AddressRequirements { get; init; } = "none";

    /// <summary>SID of an address; null when there is none.</summary>
    public required string? AddressSid { get; init; }

    /// <summary>The API version that its webhooks speak.</summary>
    [Shape(Words = ["2010-04-01", "2008-08-01"])]
    public required string ApiVersion { get; init; }

    /// <summary>Whether it is new to Twilio's platform: no number is.</summary>
    public bool Beta { get; init; }

    /// <summary>SID of a regulatory bundle; null when there is none.</summary>
    public required string? BundleSid { get; init; }

    /// <summary>Whether emergency calls are enabled: <c>Active</c> or <c>Inactive</c>.</summary>
    [Shape(Words = ["Active", "Inactive"])]
    public required string EmergencyStatus { get; init; }

    /// <summary>SID of the address for emergency calls; null when there is none.</summary>
    public required string? EmergencyAddressSid { get; init; }

    /// <summary>registered where there is an address for emergency calls, else unregistered.</summary>
    [Shape(Words = ["registered", "unregistered"])]
    public required string EmergencyAddressStatus { get; init; }

    /// <summary>SID of an identity; null when there is none.</summary>
    public required string? IdentitySid { get; init; }

    /// <summary>The origin of the number: twilio.</summary>
    [Shape(Words = ["twilio"])]
    public string Origin { get; init; } = "twilio";

    /// <summary>SID of an application; empty when there is none.</summary>
    public required string SmsApplicationSid { get; init; }

    /// <summary>The HTTP method of the fallback URL for messages: <c>GET</c> or <c>POST</c>.</summary>
    [Shape(Words = ["GET", "POST"])]
    public required string SmsFallbackMethod { get; init; }

    /// <summary>The URL that the server calls when the webhook for messages fails; empty when there is none.</summary>
    public required string SmsFallbackUrl { get; init; }

    /// <summary>The HTTP method of the webhook for messages: <c>GET</c> or <c>POST</c>.</summary>
    [Shape(Words = ["GET", "POST"])]
    public required string SmsMethod { get; init; }

    /// <summary>The webhook for messages; empty when there is none.</summary>
    public required string SmsUrl { get; init; }

    /// <summary>Webhook for the status of calls; empty when there is none.</summary>
    public required string StatusCallback { get; init; }

    /// <summary>The HTTP method of the webhook for the status of calls: <c>GET</c> or <c>POST</c>.</summary>
    [Shape(Words = ["GET", "POST"])]
    public required string StatusCallbackMethod { get; init; }

    /// <summary>SID of a trunk; null when there is none.</summary>
    public required string? TrunkSid { get; init; }

    /// <summary>SID of an application; empty when there is none.</summary>
    public required string VoiceApplicationSid { get; init; }

    /// <summary>Whether callers' names are looked up.</summary>
    public required bool VoiceCallerIdLookup { get; init; }

    /// <summary>The HTTP method of the fallback URL for calls: <c>GET</c> or <c>POST</c>.</summary>
    [Shape(Words = ["GET", "POST"])]
    public required string VoiceFallbackMethod { get; init; }

    /// <summary>The fallback URL of the webhook for calls; empty when there is none.</summary>
    public required string VoiceFallbackUrl { get; init; }

    /// <summary>The HTTP method of the webhook for calls: <c>GET</c> or <c>POST</c>.</summary>
    [Shape(Words = ["GET", "POST"])]
    public required string VoiceMethod { get; init; }

    /// <summary>The webhook for calls; empty when there is none.</summary>
    public required string VoiceUrl { get; init; }

    /// <summary>The kind of calls that the number takes: <c>voice</c> or <c>fax</c>.</summary>
    [Shape(Words = ["voice", "fax"])]
    public required string VoiceReceiveMode { get; init; }

    /// <summary>The status of the number: always <c>in-use</c>.</summary>
    [Shape(Words = ["in-use"])]
    public string Status { get; init; } = "in-use";

    /// <summary>local, mobile or toll-free; absent from the lists by type.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Shape(Words = ["local", "mobile", "toll-free"])]
    public required string? Type { get; init; }

    /// <summary>The resource's path.</summary>
    public required string Uri { get; init; }

    /// <summary>The paths of its subresources.</summary>
    public required IReadOnlyDictionary<string, string> SubresourceUris { get; init; }

    /// <summary>The resource of a phone number.</summary>
    public static PhoneNumberResource Of(PhoneNumber number) => new()
    {
        Sid = number.Sid,
        AccountSid = number.AccountSid,
        FriendlyName = number.FriendlyName,
        PhoneNumber = number.Number,
        DateCreated = new(number.DateCreated),
        DateUpdated = new(number.DateUpdated),
        Capabilities = PhoneNumberCapabilities.Of(number.Capabilities),
        AddressSid = number.AddressSid,
        ApiVersion = number.ApiVersion,
        BundleSid = number.BundleSid,
        EmergencyStatus = number.EmergencyStatus,
        EmergencyAddressSid = number.EmergencyAddressSid,
        EmergencyAddressStatus = number.EmergencyAddressSid is null ? "unregistered" : "registered",
        IdentitySid = number.IdentitySid,
        SmsApplicationSid = number.SmsApplicationSid ?? "",
        SmsFallbackMethod = number.SmsFallbackMethod,
        SmsFallbackUrl = number.SmsFallbackUrl ?? "",
        SmsMethod = number.SmsMethod,
        SmsUrl = number.SmsUrl ?? "",
        StatusCallback = number.StatusCallback ?? "",
        StatusCallbackMethod = number.StatusCallbackMethod,
        TrunkSid = number.TrunkSid,
        VoiceApplicationSid = number.VoiceApplicationSid ?? "",
        VoiceCallerIdLookup = number.VoiceCallerIdLookup,
        VoiceFallbackMethod = number.VoiceFallbackMethod,
        VoiceFallbackUrl = number.VoiceFallbackUrl ?? "",
        VoiceMethod = number.VoiceMethod,
        VoiceUrl = number.VoiceUrl ?? "",
        VoiceReceiveMode = number.VoiceReceiveMode,
        Type = NameOf(number.Type),
        Uri = $"{Path(number)}.json",
        SubresourceUris = new Dictionary<string, string>
        {
            ["assigned_add_ons"] = $"{Path(number)}/AssignedAddOns.json",
        },
    };

    /// <summary>The resource as the lists by type show it.</summary>
    public static PhoneNumberResource WithoutType(PhoneNumber number) => Of(number) with { Type = null };

    private static string Path(PhoneNumber number) =>
        $"/2010-04-01/Accounts/{number.AccountSid}/IncomingPhoneNumbers/{number.Sid}";

    private static string NameOf(PhoneNumberType type) => type switch
    {
        PhoneNumberType.Local => "local",
        PhoneNumberType.Mobile => "mobile",
        PhoneNumberType.TollFree => "toll-free",
    };
}

/// <summary>The capabilities of a phone number.</summary>
/// <param name="Voice">Calls.</param>
/// <param name="Sms">Text.</param>
/// <param name="Mms">Text with media.</param>
internal sealed record PhoneNumberCapabilities(bool Voice, bool Sms, bool Mms)
{
    /// <summary>The capabilities on the wire.</summary>
    public static PhoneNumberCapabilities Of(SenderCapabilities capabilities) => new(
        capabilities.HasFlag(SenderCapabilities.Voice), capabilities.HasFlag(SenderCapabilities.Sms),
        capabilities.HasFlag(SenderCapabilities.Mms));
}
