namespace MessagingServices.Domain.Conversations;

/// <summary>
/// What becomes of messages to one of the account's senders that belong to no conversation. Source:
/// https://www.twilio.com/docs/conversations/api/address-configuration-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>IG</c>.</param>
/// <param name="accountSid">The account that owns it.</param>
/// <param name="type">The network of the address.</param>
/// <param name="address">The sender's address.</param>
/// <param name="dateCreated">When it was created.</param>
public sealed class AddressConfiguration(Sid sid, Sid accountSid, AddressType type, string address, DateTimeOffset dateCreated)
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxFriendlyNameLength = 256;

    /// <summary>SID with the prefix <c>IG</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private set; }

    /// <summary>The account that owns it.</summary>
    public Sid AccountSid { get; private set; } = accountSid;

    /// <summary>The network of the address.</summary>
    public AddressType Type { get; private set; } = type;

    /// <summary>The sender's address, with the channel's prefix where it is not SMS; configured once in an account.</summary>
    public string Address { get; private set; } = address;

    /// <summary>A name for people.</summary>
    public string? FriendlyName { get; set; }

    /// <summary>ISO 3166 code of a short code's country; kept and shown.</summary>
    public string? AddressCountry { get; set; }

    /// <summary>Whether a message that belongs to no conversation begins one.</summary>
    public bool AutoCreates { get; set; }

    /// <summary>What is told of conversations that begin so.</summary>
    public AutoCreationType AutoCreationType { get; set; } = AutoCreationType.Default;

    /// <summary>Whom the type <see cref="AutoCreationType.Webhook"/> tells.</summary>
    public string? WebhookUrl { get; set; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string WebhookMethod { get; set; } = "POST";

    /// <summary>Of which events.</summary>
    public IReadOnlyList<string> WebhookFilters { get; set; } = [];

    /// <summary>The flow of the type <see cref="AutoCreationType.Studio"/>; kept and shown.</summary>
    public Sid? StudioFlowSid { get; set; }

    /// <summary>How often that flow is tried again; kept and shown.</summary>
    public int? StudioRetryCount { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    /// <summary>When a setting last changed.</summary>
    public DateTimeOffset DateUpdated { get; set; } = dateCreated;
}

/// <summary>The network of a configured address: those of Twilio's that messages come in by here.</summary>
public enum AddressType
{
    /// <summary>SMS and MMS.</summary>
    Sms,

    /// <summary>WhatsApp.</summary>
    Whatsapp,

    /// <summary>RCS.</summary>
    Rcs,
}

/// <summary>What is told of conversations that begin by themselves.</summary>
public enum AutoCreationType
{
    /// <summary>An application, by webhook.</summary>
    Webhook,

    /// <summary>A flow of Twilio Studio, which there is none of here.</summary>
    Studio,

    /// <summary>Nobody.</summary>
    Default,
}
