namespace MessagingServices.Domain.Conversations;

/// <summary>
/// That a message of a conversation went to one participant: as which message, whose status its receipt shows, or why it could not go. Source:
/// https://www.twilio.com/docs/conversations/api/conversation-message-receipt-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>DY</c>.</param>
/// <param name="accountSid">The account that owns the conversation.</param>
/// <param name="conversationMessageSid">What was said.</param>
/// <param name="participantSid">To whom it went.</param>
/// <param name="dateCreated">When.</param>
public sealed class ConversationDelivery(Sid sid, Sid accountSid, Sid conversationMessageSid, Sid participantSid, DateTimeOffset dateCreated)
{
    /// <summary>SID with the prefix <c>DY</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private set; }

    /// <summary>The account that owns the conversation.</summary>
    public Sid AccountSid { get; private set; } = accountSid;

    /// <summary>What was said.</summary>
    public Sid ConversationMessageSid { get; private set; } = conversationMessageSid;

    /// <summary>To whom it went.</summary>
    public Sid ParticipantSid { get; private set; } = participantSid;

    /// <summary>The message that it went as; null when it could not go.</summary>
    public Sid? MessageSid { get; init; }

    /// <summary>Why it could not go; null when it went.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>When it went.</summary>
    public DateTimeOffset DateCreated { get; private set; } = dateCreated;
}
