namespace MessagingServices.Domain.Conversations;

/// <summary>
/// The delivery of a conversation's message to one participant: the message it was sent as, or the error. Source:
/// https://www.twilio.com/docs/conversations/api/conversation-message-receipt-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>DY</c>.</param>
/// <param name="conversationMessageSid">The message of the conversation.</param>
/// <param name="participantSid">The recipient.</param>
/// <param name="dateCreated">The time of sending.</param>
public sealed class ConversationDelivery(
    Sid sid, Sid accountSid, Sid conversationMessageSid, Sid participantSid, DateTimeOffset dateCreated)
{
    /// <summary>SID with the prefix <c>DY</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private set; }

    public Sid AccountSid { get; private set; } = accountSid;

    public Sid ConversationMessageSid { get; private set; } = conversationMessageSid;

    public Sid ParticipantSid { get; private set; } = participantSid;

    /// <summary>The message that was sent. The receipt has its status. Null if nothing was sent.</summary>
    public Sid? MessageSid { get; init; }

    /// <summary>The error code if nothing was sent; null otherwise.</summary>
    public int? ErrorCode { get; init; }

    public DateTimeOffset DateCreated { get; private set; } = dateCreated;
}
