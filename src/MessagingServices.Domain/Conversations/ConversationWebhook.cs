namespace MessagingServices.Domain.Conversations;

/// <summary>
/// The receiver of a conversation's events. Source:
/// https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>WH</c>.</param>
public sealed class ConversationWebhook(
    Sid sid, Sid accountSid, Sid conversationSid, string url, DateTimeOffset dateCreated)
{
    /// <summary>The maximum number of webhooks of one conversation.</summary>
    public const int MaxPerConversation = 5;

    /// <summary>SID with the prefix <c>WH</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private set; }

    public Sid AccountSid { get; private set; } = accountSid;

    public Sid ConversationSid { get; private set; } = conversationSid;

    public string Url { get; set; } = url;

    public string Method { get; set; } = "POST";

    /// <summary>The events to send, of <see cref="ConversationEvent.Types"/>.</summary>
    public IReadOnlyList<string> Filters { get; set; } = [];

    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    public DateTimeOffset DateUpdated { get; set; } = dateCreated;
}
