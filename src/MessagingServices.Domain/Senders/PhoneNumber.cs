namespace MessagingServices.Domain.Senders;

/// <summary>
/// An account's phone number, in a sender pool or not (Twilio's <c>IncomingPhoneNumber</c>). Settings for calls are
/// stored and returned, without effect. Source:
/// https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource.
/// </summary>
public sealed class PhoneNumber
{
    /// <summary>The maximum length of the friendly name, in characters.</summary>
    public const int MaxFriendlyNameLength = 64;

    private PhoneNumber() { }

    /// <summary>
    /// Creates a phone number of the account. It supports voice and SMS; US, Canadian and toll-free numbers also
    /// support MMS.
    /// </summary>
    /// <param name="sid">SID with the prefix <c>PN</c>.</param>
    /// <param name="isMobile">Whether it is a mobile number. Needed if the number itself does not show it.</param>
    public PhoneNumber(Sid sid, Sid accountSid, PhoneNumberValue number, DateTimeOffset now, bool isMobile = false)
    {
        Sid = sid;
        AccountSid = accountSid;
        Number = number.E164;
        Country = number.Country;
        IsTollFree = number.IsTollFree;
        IsMobile = isMobile || number.IsMobile;
        FriendlyName = number.NationalFormat;
        DateCreated = DateUpdated = now;
        Capabilities = CapabilitiesOf(number);
    }

    /// <summary>The capabilities that a number has once it is provisioned.</summary>
    public static SenderCapabilities CapabilitiesOf(PhoneNumberValue number) =>
        SenderCapabilities.Sms | SenderCapabilities.Voice
        | (number.IsTollFree || number.Country is "US" or "CA" ? SenderCapabilities.Mms : 0);

    /// <summary>SID with the prefix <c>PN</c>.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private init; }

    public Sid AccountSid { get; private init; }

    /// <summary>The number in E.164. It is unique over all accounts.</summary>
    public string Number { get; private init; } = "";

    /// <summary>The ISO 3166 code of its country; null for a toll-free number.</summary>
    public string? Country { get; private init; }

    /// <summary>Whether it is a toll-free number of the North American Numbering Plan.</summary>
    public bool IsTollFree { get; private init; }

    /// <summary>Whether it is known to be a mobile number.</summary>
    public bool IsMobile { get; private init; }

    public PhoneNumberType Type =>
        IsTollFree ? PhoneNumberType.TollFree : IsMobile ? PhoneNumberType.Mobile : PhoneNumberType.Local;

    public SenderCapabilities Capabilities { get; private init; }

    public DateTimeOffset DateCreated { get; private init; }

    public DateTimeOffset DateUpdated { get; set; }

    /// <summary>A display name, at most 64 characters. The default is the number in national format.</summary>
    public string FriendlyName { get; set; } = "";

    /// <summary>The version of the Twilio API in its webhooks.</summary>
    public string ApiVersion { get; set; } = "2010-04-01";

    /// <summary>The webhook for inbound messages.</summary>
    public string? SmsUrl { get; set; }

    public string SmsMethod { get; set; } = "POST";

    /// <summary>The URL to request when the webhook for messages fails.</summary>
    public string? SmsFallbackUrl { get; set; }

    public string SmsFallbackMethod { get; set; } = "POST";

    /// <summary>SID of an application (prefix <c>AP</c>).</summary>
    public string? SmsApplicationSid { get; set; }

    /// <summary>The webhook for the status of calls.</summary>
    public string? StatusCallback { get; set; }

    public string StatusCallbackMethod { get; set; } = "POST";

    /// <summary>The webhook for calls.</summary>
    public string? VoiceUrl { get; set; }

    public string VoiceMethod { get; set; } = "POST";

    /// <summary>The URL to request when the webhook for calls fails.</summary>
    public string? VoiceFallbackUrl { get; set; }

    public string VoiceFallbackMethod { get; set; } = "POST";

    /// <summary>SID of an application (prefix <c>AP</c>).</summary>
    public string? VoiceApplicationSid { get; set; }

    /// <summary>Whether the names of callers are looked up.</summary>
    public bool VoiceCallerIdLookup { get; set; }

    public string VoiceReceiveMode { get; set; } = "voice";

    /// <summary><c>Active</c> or <c>Inactive</c>.</summary>
    public string EmergencyStatus { get; set; } = "Active";

    /// <summary>SID of an address (prefix <c>AD</c>).</summary>
    public string? EmergencyAddressSid { get; set; }

    /// <summary>SID of a trunk (prefix <c>TK</c>).</summary>
    public string? TrunkSid { get; set; }

    /// <summary>SID of an identity (prefix <c>RI</c>).</summary>
    public string? IdentitySid { get; set; }

    /// <summary>SID of an address (prefix <c>AD</c>).</summary>
    public string? AddressSid { get; set; }

    /// <summary>SID of a regulatory bundle (prefix <c>BU</c>).</summary>
    public string? BundleSid { get; set; }

    /// <summary>The default friendly name: the number in national format.</summary>
    public string DefaultFriendlyName() =>
        PhoneNumberValue.TryParse(Number, out var value) ? value.NationalFormat : Number;
}

/// <summary>Twilio's types of phone numbers.</summary>
public enum PhoneNumberType
{
    /// <summary>Neither toll-free nor known to be mobile.</summary>
    Local,

    /// <summary>Known to be mobile.</summary>
    Mobile,

    /// <summary>Toll-free, of the North American Numbering Plan.</summary>
    TollFree,
}
