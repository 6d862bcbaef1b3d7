namespace MessagingServices.Domain.Conversations;

/// <summary>
/// A message of a conversation. Each participant with addresses receives it as a separate message; see
/// <see cref="ConversationDelivery"/>. Source:
/// https://www.twilio.com/docs/conversations/api/conversation-message-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>IM</c>.</param>
/// <param name="index">The index in the conversation, from 0.</param>
/// <param name="dateCreated">The time of creation.</param>
public sealed class ConversationMessage(
    Sid sid, Sid accountSid, Sid conversationSid, long index, DateTimeOffset dateCreated)
{
    /// <summary>The default author of messages that the application adds.</summary>
    public const string DefaultAuthor = "system";

    /// <summary>The maximum length of a text, in UTF-16 units.</summary>
    public const int MaxBodyLength = 1_600;

    /// <summary>SID with the prefix <c>IM</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    public Sid AccountSid { get; private set; } = accountSid;

    public Sid ConversationSid { get; private set; } = conversationSid;

    /// <summary>The index in the conversation, from 0. The index of a removed message is not used again.</summary>
    public long Index { get; private set; } = index;

    /// <summary>The author: an identity, a handset's address, or any other name.</summary>
    public string Author { get; set; } = DefaultAuthor;

    /// <summary>The participant who is the author; null if the author is not a participant.</summary>
    public Sid? ParticipantSid { get; init; }

    /// <summary>The text; null when there is none.</summary>
    public string? Body { get; set; }

    /// <summary>
    /// The inbound message that is its source, with its media; null for messages that the application added.
    /// </summary>
    public Sid? SourceSid { get; init; }

    /// <summary>The content template that gave the text; null for none.</summary>
    public Sid? ContentSid { get; init; }

    /// <summary>The application's own data, as JSON.</summary>
    public string Attributes { get; set; } = "{}";

    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    public DateTimeOffset DateUpdated { get; set; } = dateCreated;
}
