namespace MessagingServices.Domain.Conversations;

/// <summary>
/// What somebody said in a conversation. To participants who are reached by messages it goes as messages of its own, one for each
/// <see cref="ConversationDelivery"/>. Source: https://www.twilio.com/docs/conversations/api/conversation-message-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>IM</c>.</param>
/// <param name="accountSid">The account that owns the conversation.</param>
/// <param name="conversationSid">The conversation.</param>
/// <param name="index">The place in the conversation, from 0.</param>
/// <param name="dateCreated">When.</param>
public sealed class ConversationMessage(Sid sid, Sid accountSid, Sid conversationSid, long index, DateTimeOffset dateCreated)
{
    /// <summary>The author of what the application adds without naming one.</summary>
    public const string DefaultAuthor = "system";

    /// <summary>The longest text, in UTF-16 units.</summary>
    public const int MaxBodyLength = 1_600;

    /// <summary>SID with the prefix <c>IM</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The account that owns the conversation.</summary>
    public Sid AccountSid { get; private set; } = accountSid;

    /// <summary>The conversation.</summary>
    public Sid ConversationSid { get; private set; } = conversationSid;

    /// <summary>The place in the conversation, from 0; that of a removed message stays empty.</summary>
    public long Index { get; private set; } = index;

    /// <summary>Who said it: an identity, the address of a handset, or any other name.</summary>
    public string Author { get; set; } = DefaultAuthor;

    /// <summary>The participant that the author is, if any.</summary>
    public Sid? ParticipantSid { get; init; }

    /// <summary>The text; null when there is none.</summary>
    public string? Body { get; set; }

    /// <summary>The inbound message that it came as, whose media are its media; null for what the application added.</summary>
    public Sid? SourceSid { get; init; }

    /// <summary>The content template that said it, if any.</summary>
    public Sid? ContentSid { get; init; }

    /// <summary>What the application keeps with it, JSON.</summary>
    public string Attributes { get; set; } = "{}";

    /// <summary>When it was said.</summary>
    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    /// <summary>When it last changed.</summary>
    public DateTimeOffset DateUpdated { get; set; } = dateCreated;
}
