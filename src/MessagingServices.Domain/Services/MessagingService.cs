namespace MessagingServices.Domain.Services;

/// <summary>
/// A Messaging Service: a sender pool and the settings that hold for every message sent through it.
/// Source: https://www.twilio.com/docs/messaging/api/service-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>MG</c>.</param>
/// <param name="accountSid">The account that owns it.</param>
/// <param name="friendlyName">A name for people, at most 64 characters.</param>
/// <param name="dateCreated">When it was created.</param>
public sealed class MessagingService(Sid sid, Sid accountSid, string friendlyName, DateTimeOffset dateCreated)
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxFriendlyNameLength = 64;

    /// <summary>The longest that messages may be made to wait, in seconds.</summary>
    public const int MaxValidityPeriod = 36_000;

    /// <summary>SID with the prefix <c>MG</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private set; }

    /// <summary>The account that owns it.</summary>
    public Sid AccountSid { get; private set; } = accountSid;

    /// <summary>A name for people, at most 64 characters.</summary>
    public string FriendlyName { get; set; } = friendlyName;

    /// <summary>When it was created.</summary>
    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    /// <summary>When a setting last changed.</summary>
    public DateTimeOffset DateUpdated { get; set; } = dateCreated;

    /// <summary>The webhook for messages that come in to any sender of the pool.</summary>
    public string? InboundRequestUrl { get; set; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string InboundMethod { get; set; } = "POST";

    /// <summary>Asked when the inbound webhook fails.</summary>
    public string? FallbackUrl { get; set; }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string FallbackMethod { get; set; } = "POST";

    /// <summary>Where the status callbacks of messages go that name no URL of their own.</summary>
    public string? StatusCallback { get; set; }

    /// <summary>Whether a recipient gets the same sender every time.</summary>
    public bool StickySender { get; set; } = true;

    /// <summary>Whether media become links for recipients whose carrier takes no MMS.</summary>
    public bool MmsConverter { get; set; } = true;

    /// <summary>Whether look-alike characters are replaced to stay in GSM-7.</summary>
    public bool SmartEncoding { get; set; } = true;

    /// <summary>Reserved by Twilio; kept and shown.</summary>
    public ScanMessageContent ScanMessageContent { get; set; }

    /// <summary>Obsolete at Twilio; kept and shown.</summary>
    public bool FallbackToLongCode { get; set; } = true;

    /// <summary>Whether a US or Canadian recipient gets a sender of the own area code where there is one.</summary>
    public bool AreaCodeGeomatch { get; set; } = true;

    /// <summary>How long a message may wait before it is handed to the carrier, in seconds, 1 to 36,000.</summary>
    public int ValidityPeriod { get; set; } = MaxValidityPeriod;

    /// <summary>Whether a message that no sender can carry is refused at once instead of failing later.</summary>
    public bool SynchronousValidation { get; set; }

    /// <summary>What the service is used for; a label.</summary>
    public Usecase Usecase { get; set; } = Usecase.Undeclared;

    /// <summary>Whether inbound messages go to the webhook of the number that received them instead of the service's.</summary>
    public bool UseInboundWebhookOnNumber { get; set; } = true;

    /// <summary>Whether inbound messages become conversations instead, whatever the webhooks are. Twilio has this switch in its Console only.</summary>
    public bool AutocreatesConversations { get; private set; }

    /// <summary>Where inbound messages go.</summary>
    public InboundHandling InboundHandling => AutocreatesConversations ? InboundHandling.Conversation
        : UseInboundWebhookOnNumber ? InboundHandling.SenderWebhook : InboundHandling.ServiceWebhook;

    /// <summary>Says where inbound messages go. Once they go into conversations it is remembered which webhook it was before.</summary>
    public void HandleInbound(InboundHandling handling)
    {
        AutocreatesConversations = handling == InboundHandling.Conversation;
        if (!AutocreatesConversations) UseInboundWebhookOnNumber = handling == InboundHandling.SenderWebhook;
    }
}

/// <summary>Whether bodies are scanned; reserved by Twilio.</summary>
public enum ScanMessageContent
{
    /// <summary>As the account has it.</summary>
    Inherit,

    /// <summary>Scanned.</summary>
    Enable,

    /// <summary>Not scanned.</summary>
    Disable,
}

/// <summary>What a Messaging Service is used for.</summary>
public enum Usecase
{
    /// <summary>Notifications.</summary>
    Notifications,

    /// <summary>Marketing.</summary>
    Marketing,

    /// <summary>Verification codes.</summary>
    Verification,

    /// <summary>Discussions.</summary>
    Discussion,

    /// <summary>Polls.</summary>
    Poll,

    /// <summary>Not said.</summary>
    Undeclared,
}
