namespace MessagingServices.Domain.Conversations;

/// <summary>
/// Whom a conversation tells of what happens in it. Source: https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>WH</c>.</param>
/// <param name="accountSid">The account that owns the conversation.</param>
/// <param name="conversationSid">The conversation.</param>
/// <param name="url">Where to.</param>
/// <param name="dateCreated">When it was created.</param>
public sealed class ConversationWebhook(Sid sid, Sid accountSid, Sid conversationSid, string url, DateTimeOffset dateCreated)
{
    /// <summary>The most webhooks of one conversation.</summary>
    public const int MaxPerConversation = 5;

    /// <summary>SID with the prefix <c>WH</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private set; }

    /// <summary>The account that owns the conversation.</summary>
    public Sid AccountSid { get; private set; } = accountSid;

    /// <summary>The conversation.</summary>
    public Sid ConversationSid { get; private set; } = conversationSid;

    /// <summary>Where to.</summary>
    public string Url { get; set; } = url;

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string Method { get; set; } = "POST";

    /// <summary>Of which events, of <see cref="ConversationEvent.Types"/>.</summary>
    public IReadOnlyList<string> Filters { get; set; } = [];

    /// <summary>When it was created.</summary>
    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    /// <summary>When it last changed.</summary>
    public DateTimeOffset DateUpdated { get; set; } = dateCreated;
}
