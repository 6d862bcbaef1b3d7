namespace MessagingServices.Domain.Senders;

/// <summary>
/// A phone number of an account, whether or not in a sender pool (Twilio's <c>IncomingPhoneNumber</c>).
/// Source: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource. Settings for calls are kept and shown only.
/// </summary>
public sealed class PhoneNumber
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxFriendlyNameLength = 64;

    private PhoneNumber() { }

    /// <summary>Gives the account a number. It has voice and SMS; a number of the US or Canada, toll-free too, also MMS.</summary>
    public PhoneNumber(Sid sid, Sid accountSid, PhoneNumberValue number, DateTimeOffset now)
    {
        Sid = sid;
        AccountSid = accountSid;
        Number = number.E164;
        Country = number.Country;
        IsTollFree = number.IsTollFree;
        IsMobile = number.IsMobile;
        FriendlyName = number.NationalFormat;
        DateCreated = DateUpdated = now;
        Capabilities = SenderCapabilities.Sms | SenderCapabilities.Voice;
        if (number.IsTollFree || number.Country is "US" or "CA") Capabilities |= SenderCapabilities.Mms;
    }

    /// <summary>SID with the prefix <c>PN</c>.</summary>
    public Sid Sid { get; private init; }

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The account that owns it.</summary>
    public Sid AccountSid { get; private init; }

    /// <summary>The number in E.164; one account only has it.</summary>
    public string Number { get; private init; } = "";

    /// <summary>ISO 3166 code of its country; null for a toll-free number.</summary>
    public string? Country { get; private init; }

    /// <summary>Whether it is a toll-free number of the North American Numbering Plan.</summary>
    public bool IsTollFree { get; private init; }

    /// <summary>Whether it is known to be a mobile number.</summary>
    public bool IsMobile { get; private init; }

    /// <summary>Which kind of number it is.</summary>
    public PhoneNumberType Type => IsTollFree ? PhoneNumberType.TollFree : IsMobile ? PhoneNumberType.Mobile : PhoneNumberType.Local;

    /// <summary>What it can carry.</summary>
    public SenderCapabilities Capabilities { get; private init; }

    /// <summary>When the account got it.</summary>
    public DateTimeOffset DateCreated { get; private init; }

    /// <summary>When a setting last changed.</summary>
    public DateTimeOffset DateUpdated { get; set; }

    /// <summary>A name for people, at most 64 characters; at first the number as people write it.</summary>
    public string FriendlyName { get; set; } = "";

    /// <summary>The API version that its webhooks speak.</summary>
    public string ApiVersion { get; set; } = "2010-04-01";

    /// <summary>The webhook for messages that come in.</summary>
    public string? SmsUrl { get; set; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string SmsMethod { get; set; } = "POST";

    /// <summary>Asked when the webhook for messages fails.</summary>
    public string? SmsFallbackUrl { get; set; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string SmsFallbackMethod { get; set; } = "POST";

    /// <summary>SID of an application (prefix <c>AP</c>).</summary>
    public string? SmsApplicationSid { get; set; }

    /// <summary>Webhook for the status of calls.</summary>
    public string? StatusCallback { get; set; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string StatusCallbackMethod { get; set; } = "POST";

    /// <summary>The webhook for calls.</summary>
    public string? VoiceUrl { get; set; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string VoiceMethod { get; set; } = "POST";

    /// <summary>Asked when the webhook for calls fails.</summary>
    public string? VoiceFallbackUrl { get; set; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string VoiceFallbackMethod { get; set; } = "POST";

    /// <summary>SID of an application (prefix <c>AP</c>).</summary>
    public string? VoiceApplicationSid { get; set; }

    /// <summary>Whether callers' names are looked up.</summary>
    public bool VoiceCallerIdLookup { get; set; }

    /// <summary><c>voice</c> or <c>fax</c>.</summary>
    public string VoiceReceiveMode { get; set; } = "voice";

    /// <summary><c>Active</c> or <c>Inactive</c>.</summary>
    public string EmergencyStatus { get; set; } = "Inactive";

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

    /// <summary>The name that it has unless it is given another: the number as people of its country write it.</summary>
    public string DefaultFriendlyName() => PhoneNumberValue.TryParse(Number, out var value) ? value.NationalFormat : Number;
}

/// <summary>The kinds of phone numbers that Twilio lists apart.</summary>
public enum PhoneNumberType
{
    /// <summary>Neither toll-free nor known to be mobile.</summary>
    Local,

    /// <summary>Known to be mobile.</summary>
    Mobile,

    /// <summary>Toll-free, of the North American Numbering Plan.</summary>
    TollFree,
}
