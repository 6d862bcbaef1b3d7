namespace MessagingServices.Domain.Services;

/// <summary>
/// A Messaging Service: a sender pool with settings for all messages sent through it. Source:
/// https://www.twilio.com/docs/messaging/api/service-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>MG</c>.</param>
/// <param name="friendlyName">A display name, at most 64 characters.</param>
public sealed class MessagingService(Sid sid, Sid accountSid, string friendlyName, DateTimeOffset dateCreated)
{
    /// <summary>The maximum length of the friendly name, in characters.</summary>
    public const int MaxFriendlyNameLength = 64;

    /// <summary>The maximum validity period, in seconds.</summary>
    public const int MaxValidityPeriod = 36_000;

    /// <summary>SID with the prefix <c>MG</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private set; }

    public Sid AccountSid { get; private set; } = accountSid;

    /// <summary>A display name, at most 64 characters.</summary>
    public string FriendlyName { get; set; } = friendlyName;

    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    public DateTimeOffset DateUpdated { get; set; } = dateCreated;

    /// <summary>The webhook for messages to any sender of the pool.</summary>
    public string? InboundRequestUrl { get; set; }

    public string InboundMethod { get; set; } = "POST";

    /// <summary>The URL to request when the inbound webhook fails.</summary>
    public string? FallbackUrl { get; set; }

    public string FallbackMethod { get; set; } = "POST";

    /// <summary>The default URL for status callbacks of messages.</summary>
    public string? StatusCallback { get; set; }

    /// <summary>Whether a recipient keeps the same sender.</summary>
    public bool StickySender { get; set; } = true;

    /// <summary>Whether an MMS becomes an SMS with links if the recipient's carrier does not support MMS.</summary>
    public bool MmsConverter { get; set; } = true;

    /// <summary>Whether characters outside GSM-7 are replaced by similar ones.</summary>
    public bool SmartEncoding { get; set; } = true;

    /// <summary>Reserved by Twilio; stored and returned, without effect.</summary>
    public ScanMessageContent ScanMessageContent { get; set; }

    /// <summary>Obsolete at Twilio; stored and returned, without effect.</summary>
    public bool FallbackToLongCode { get; set; } = true;

    /// <summary>Whether US and Canadian recipients get a sender with their area code, if the pool has one.</summary>
    public bool AreaCodeGeomatch { get; set; } = true;

    /// <summary>
    /// The default validity period: the maximum time until the carrier receives a message, in seconds, 1 to 36,000.
    /// </summary>
    public int ValidityPeriod { get; set; } = MaxValidityPeriod;

    /// <summary>
    /// Whether sender selection runs before the response. A message without a usable sender is then rejected instead of
    /// failing later.
    /// </summary>
    public bool SynchronousValidation { get; set; }

    /// <summary>A label for the purpose of the service, without effect.</summary>
    public Usecase Usecase { get; set; } = Usecase.Undeclared;

    /// <summary>
    /// Whether inbound messages go to the webhook of the receiving sender instead of the service's webhook.
    /// </summary>
    public bool UseInboundWebhookOnNumber { get; set; } = true;

    /// <summary>
    /// Whether inbound messages go into conversations instead of webhooks. Twilio has this setting only in its Console.
    /// </summary>
    public bool AutocreatesConversations { get; private set; }

    public InboundHandling InboundHandling => AutocreatesConversations ? InboundHandling.Conversation
        : UseInboundWebhookOnNumber ? InboundHandling.SenderWebhook : InboundHandling.ServiceWebhook;

    /// <summary>
    /// Sets how inbound messages are handled. <see cref="UseInboundWebhookOnNumber"/> keeps its value while
    /// conversations are on.
    /// </summary>
    public void HandleInbound(InboundHandling handling)
    {
        AutocreatesConversations = handling == InboundHandling.Conversation;
        if (!AutocreatesConversations) UseInboundWebhookOnNumber = handling == InboundHandling.SenderWebhook;
    }
}

/// <summary>Whether Twilio scans bodies; reserved by Twilio.</summary>
public enum ScanMessageContent
{
    /// <summary>Use the account's setting.</summary>
    Inherit,

    Enable,

    Disable,
}

/// <summary>The purpose of a Messaging Service.</summary>
public enum Usecase
{
    Notifications,

    Marketing,

    /// <summary>Verification codes.</summary>
    Verification,

    Discussion,

    Poll,

    Undeclared,
}
