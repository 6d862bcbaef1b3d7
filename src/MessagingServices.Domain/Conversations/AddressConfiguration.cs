namespace MessagingServices.Domain.Conversations;

/// <summary>
/// How messages to one of the account's senders are handled if they belong to no conversation. Source:
/// https://www.twilio.com/docs/conversations/api/address-configuration-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>IG</c>.</param>
public sealed class AddressConfiguration(
    Sid sid, Sid accountSid, AddressType type, string address, DateTimeOffset dateCreated)
{
    /// <summary>The maximum length of the friendly name, in characters.</summary>
    public const int MaxFriendlyNameLength = 256;

    /// <summary>SID with the prefix <c>IG</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private set; }

    public Sid AccountSid { get; private set; } = accountSid;

    public AddressType Type { get; private set; } = type;

    /// <summary>
    /// The sender's address, with a channel prefix unless the channel is SMS. It is unique in an account.
    /// </summary>
    public string Address { get; private set; } = address;

    public string? FriendlyName { get; set; }

    /// <summary>The ISO 3166 code of a short code's country; stored and returned, without effect.</summary>
    public string? AddressCountry { get; set; }

    /// <summary>Whether a message that belongs to no conversation creates one.</summary>
    public bool AutoCreates { get; set; }

    /// <summary>The receiver of events of a conversation that is created automatically.</summary>
    public AutoCreationType AutoCreationType { get; set; } = AutoCreationType.Default;

    /// <summary>The URL for the type <see cref="AutoCreationType.Webhook"/>.</summary>
    public string? WebhookUrl { get; set; }

    public string WebhookMethod { get; set; } = "POST";

    /// <summary>The events to send, of <see cref="ConversationEvent.Types"/>.</summary>
    public IReadOnlyList<string> WebhookFilters { get; set; } = [];

    /// <summary>
    /// The flow for the type <see cref="AutoCreationType.Studio"/>; stored and returned, without effect.
    /// </summary>
    public Sid? StudioFlowSid { get; set; }

    /// <summary>The number of retries of that flow; stored and returned, without effect.</summary>
    public int? StudioRetryCount { get; set; }

    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    public DateTimeOffset DateUpdated { get; set; } = dateCreated;
}

/// <summary>The channel of a configured address: those of Twilio's that this server supports.</summary>
public enum AddressType
{
    Sms,

    Whatsapp,

    Rcs,
}

/// <summary>The receiver of events of automatically created conversations.</summary>
public enum AutoCreationType
{
    /// <summary>An application, by webhook.</summary>
    Webhook = 0,

    /// <summary>A flow of Twilio Studio, which this server does not run.</summary>
    Studio = 1,

    Default = 2,
}
