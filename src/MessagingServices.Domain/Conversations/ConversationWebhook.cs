namespace MessagingServices.Domain.Conversations;

/// <summary>
/// The receiver of a conversation's events. Source:
/// https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>WH</c>.</param>
public sealed class ConversationWebhook(
    Sid sid, Sid accountSid, Sid conversationSid, ConversationWebhookTarget target, DateTimeOffset dateCreated)
{
    /// <summary>The maximum number of webhooks of one conversation.</summary>
    public const int MaxPerConversation = 5;

    /// <summary>SID with the prefix <c>WH</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private set; }

    public Sid AccountSid { get; private set; } = accountSid;

    public Sid ConversationSid { get; private set; } = conversationSid;

    public ConversationWebhookTarget Target { get; private set; } = target;

    /// <summary>The URL of an application; null for <see cref="ConversationWebhookTarget.Studio"/>.</summary>
    public string? Url { get; set; }

    public string Method { get; set; } = "POST";

    /// <summary>The events to send, of <see cref="ConversationEvent.Types"/>.</summary>
    public IReadOnlyList<string> Filters { get; set; } = [];

    /// <summary>The keywords of <see cref="ConversationWebhookTarget.Trigger"/>.</summary>
    public IReadOnlyList<string> Triggers { get; set; } = [];

    /// <summary>
    /// The flow of <see cref="ConversationWebhookTarget.Studio"/>; stored and returned, without effect.
    /// </summary>
    public Sid? FlowSid { get; set; }

    /// <summary>The message from which on events are sent again; stored and returned, without effect.</summary>
    public int? ReplayAfter { get; set; }

    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    public DateTimeOffset DateUpdated { get; set; } = dateCreated;

    /// <summary>
    /// Whether the receiver gets an event. A trigger gets new messages that contain one of its keywords.
    /// </summary>
    public bool Wants(ConversationEvent occurred) => Target switch
    {
        ConversationWebhookTarget.Webhook => Filters.Contains(occurred.Type),
        ConversationWebhookTarget.Trigger => occurred.Type == "onMessageAdded" && Triggers.Any(keyword =>
            occurred.Body.Contains(keyword, StringComparison.OrdinalIgnoreCase)),
        ConversationWebhookTarget.Studio => false,
    };
}

/// <summary>The kinds of receivers of a conversation's events.</summary>
public enum ConversationWebhookTarget
{
    /// <summary>An application that gets the events of its filters.</summary>
    Webhook = 0,

    /// <summary>An application that gets messages with its keywords.</summary>
    Trigger = 1,

    /// <summary>A flow of Twilio Studio, which this server does not run.</summary>
    Studio = 2,
}
