using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Provisioning;

namespace MessagingServices.Server.Api.V2010;

/// <summary>
/// The settings of a phone number that a caller may give. Absent keeps, or takes the default; empty clears. What concerns calls is kept
/// and shown only. Source: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource.
/// </summary>
internal abstract record PhoneNumberForm
{
    /// <summary>The API version that its webhooks speak: <c>2010-04-01</c> (default) or <c>2008-08-01</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>A name for people, at most 64 characters; the number as people write it when not given or empty.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>SID of an application (AP); with one, the URLs for messages are not used.</summary>
    public string? SmsApplicationSid { get; init; }

    /// <summary><c>GET</c> or <c>POST</c> (default).</summary>
    public string? SmsFallbackMethod { get; init; }

    /// <summary>Asked when the webhook for messages fails.</summary>
    public string? SmsFallbackUrl { get; init; }

    /// <summary><c>GET</c> or <c>POST</c> (default).</summary>
    public string? SmsMethod { get; init; }

    /// <summary>The webhook for messages that come in.</summary>
    public string? SmsUrl { get; init; }

    /// <summary>Webhook for the status of calls.</summary>
    public string? StatusCallback { get; init; }

    /// <summary><c>GET</c> or <c>POST</c> (default).</summary>
    public string? StatusCallbackMethod { get; init; }

    /// <summary>SID of an application (AP) for calls; takes the trunk away.</summary>
    public string? VoiceApplicationSid { get; init; }

    /// <summary>Whether callers' names are looked up; false by default.</summary>
    public string? VoiceCallerIdLookup { get; init; }

    /// <summary><c>GET</c> or <c>POST</c> (default).</summary>
    public string? VoiceFallbackMethod { get; init; }

    /// <summary>Asked when the webhook for calls fails.</summary>
    public string? VoiceFallbackUrl { get; init; }

    /// <summary><c>GET</c> or <c>POST</c> (default).</summary>
    public string? VoiceMethod { get; init; }

    /// <summary>The webhook for calls.</summary>
    public string? VoiceUrl { get; init; }

    /// <summary><c>Active</c> or <c>Inactive</c> (default).</summary>
    public string? EmergencyStatus { get; init; }

    /// <summary>SID of an address (AD) for emergency calls.</summary>
    public string? EmergencyAddressSid { get; init; }

    /// <summary>SID of a trunk (TK); takes the voice application away.</summary>
    public string? TrunkSid { get; init; }

    /// <summary>SID of an identity (RI).</summary>
    public string? IdentitySid { get; init; }

    /// <summary>SID of an address (AD).</summary>
    public string? AddressSid { get; init; }

    /// <summary><c>voice</c> (default) or <c>fax</c>.</summary>
    public string? VoiceReceiveMode { get; init; }

    /// <summary>SID of a regulatory bundle (BU).</summary>
    public string? BundleSid { get; init; }

    /// <summary>Takes the form over; it was checked.</summary>
    public void ApplyTo(PhoneNumber number)
    {
        number.ApiVersion = ApiVersion.OrKeep(number.ApiVersion);
        number.FriendlyName = FriendlyName is "" ? number.DefaultFriendlyName() : FriendlyName ?? number.FriendlyName;
        number.SmsApplicationSid = SmsApplicationSid.OrKeepNullable(number.SmsApplicationSid);
        number.SmsFallbackMethod = SmsFallbackMethod.OrKeepMethod(number.SmsFallbackMethod);
        number.SmsFallbackUrl = SmsFallbackUrl.OrKeepNullable(number.SmsFallbackUrl);
        number.SmsMethod = SmsMethod.OrKeepMethod(number.SmsMethod);
        number.SmsUrl = SmsUrl.OrKeepNullable(number.SmsUrl);
        number.StatusCallback = StatusCallback.OrKeepNullable(number.StatusCallback);
        number.StatusCallbackMethod = StatusCallbackMethod.OrKeepMethod(number.StatusCallbackMethod);
        number.VoiceApplicationSid = VoiceApplicationSid.OrKeepNullable(number.VoiceApplicationSid);
        number.VoiceCallerIdLookup = VoiceCallerIdLookup.OrKeep(number.VoiceCallerIdLookup);
        number.VoiceFallbackMethod = VoiceFallbackMethod.OrKeepMethod(number.VoiceFallbackMethod);
        number.VoiceFallbackUrl = VoiceFallbackUrl.OrKeepNullable(number.VoiceFallbackUrl);
        number.VoiceMethod = VoiceMethod.OrKeepMethod(number.VoiceMethod);
        number.VoiceUrl = VoiceUrl.OrKeepNullable(number.VoiceUrl);
        number.EmergencyStatus = EmergencyStatus is null ? number.EmergencyStatus
            : EmergencyStatus.Equals("Active", StringComparison.OrdinalIgnoreCase) ? "Active" : "Inactive";
        number.EmergencyAddressSid = EmergencyAddressSid.OrKeepNullable(number.EmergencyAddressSid);
        number.TrunkSid = TrunkSid.OrKeepNullable(number.TrunkSid);
        number.IdentitySid = IdentitySid.OrKeepNullable(number.IdentitySid);
        number.AddressSid = AddressSid.OrKeepNullable(number.AddressSid);
        number.VoiceReceiveMode = VoiceReceiveMode.OrKeep(number.VoiceReceiveMode).ToLowerInvariant();
        number.BundleSid = BundleSid.OrKeepNullable(number.BundleSid);

        // Calls go to a trunk or to an application: the one that is set takes the other away; of both at once the trunk stays.
        if (!string.IsNullOrEmpty(TrunkSid)) number.VoiceApplicationSid = null;
        else if (!string.IsNullOrEmpty(VoiceApplicationSid)) number.TrunkSid = null;
    }
}

/// <summary>The parameters with which a phone number is provisioned: the number, or an area code.</summary>
internal sealed record CreatePhoneNumberForm : PhoneNumberForm
{
    /// <summary>The number in E.164. This or <c>AreaCode</c> is required.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>Three digits of the US or Canada: a free number of that area code.</summary>
    public string? AreaCode { get; init; }

    /// <summary>The number that the form asks for.</summary>
    public NewPhoneNumber ToNewPhoneNumber(Sid account) => new(account, ApplyTo) { Number = PhoneNumber, AreaCode = AreaCode };
}

/// <summary>The parameters with which a local, mobile or toll-free number is provisioned.</summary>
internal sealed record CreateTypedPhoneNumberForm : PhoneNumberForm
{
    /// <summary>The number in E.164. Required.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>The number that the form asks for.</summary>
    public NewPhoneNumber ToNewPhoneNumber(Sid account, PhoneNumberType type) => new(account, ApplyTo) { Number = PhoneNumber, Type = type };
}

/// <summary>The parameters with which a phone number is changed; all are optional.</summary>
internal sealed record UpdatePhoneNumberForm : PhoneNumberForm
{
    /// <summary>The account that shall own it. Only the one that does can be named: there are no subaccounts.</summary>
    public string? AccountSid { get; init; }
}
