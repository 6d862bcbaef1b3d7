namespace MessagingServices.Domain.Conversations;

/// <summary>
/// A conversation with its state. Participants and messages are stored separately. Source:
/// https://www.twilio.com/docs/conversations/api/conversation-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>CH</c>.</param>
public sealed class Conversation(Sid sid, Sid accountSid, DateTimeOffset dateCreated)
{
    /// <summary>The maximum length of friendly name and unique name, in characters.</summary>
    public const int MaxNameLength = 256;

    /// <summary>SID with the prefix <c>CH</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private set; }

    public Sid AccountSid { get; private set; } = accountSid;

    /// <summary>The Messaging Service for outgoing messages; null to send them without one.</summary>
    public Sid? MessagingServiceSid { get; set; }

    /// <summary>
    /// A display name, at most 256 characters. A conversation that an inbound message created has the handset's
    /// address.
    /// </summary>
    public string? FriendlyName { get; set; }

    /// <summary>A name that replaces the SID in paths. It is unique in an account.</summary>
    public string? UniqueName { get; set; }

    /// <summary>The application's own data, as JSON.</summary>
    public string Attributes { get; set; } = "{}";

    /// <summary>The state. Only <see cref="ChangeState"/> and <see cref="TakeIndex"/> change it.</summary>
    public ConversationState State { get; private set; } = ConversationState.Active;

    /// <summary>The index of the next message. It counts all messages, removed ones too.</summary>
    public long NextIndex { get; private set; }

    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    /// <summary>The time of the last change or message.</summary>
    public DateTimeOffset DateUpdated { get; set; } = dateCreated;

    /// <summary>Assigns an index to a message. An inactive conversation becomes active.</summary>
    /// <exception cref="InvalidOperationException">The conversation is closed.</exception>
    public long TakeIndex(DateTimeOffset now)
    {
        if (State == ConversationState.Closed) throw new InvalidOperationException($"{Sid} is closed.");
        State = ConversationState.Active;
        DateUpdated = now;
        return NextIndex++;
    }

    /// <summary>Changes the state.</summary>
    /// <returns>Null, or the error 20001 if the conversation is closed: it cannot be reopened.</returns>
    public ApiError? ChangeState(ConversationState state)
    {
        if (State == ConversationState.Closed && state != ConversationState.Closed)
            return MessagingError.ConversationClosed.ToApiError(Sid);
        State = state;
        return null;
    }
}
