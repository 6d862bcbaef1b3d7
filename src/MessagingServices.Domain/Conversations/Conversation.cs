namespace MessagingServices.Domain.Conversations;

/// <summary>
/// A conversation: participants, some of them reached by messages, and what they say. Source:
/// https://www.twilio.com/docs/conversations/api/conversation-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>CH</c>.</param>
/// <param name="accountSid">The account that owns it.</param>
/// <param name="dateCreated">When it was created.</param>
public sealed class Conversation(Sid sid, Sid accountSid, DateTimeOffset dateCreated)
{
    /// <summary>The most characters of its names.</summary>
    public const int MaxNameLength = 256;

    /// <summary>SID with the prefix <c>CH</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private set; }

    /// <summary>The account that owns it.</summary>
    public Sid AccountSid { get; private set; } = accountSid;

    /// <summary>The Messaging Service that its messages go through; null when they go from their senders alone.</summary>
    public Sid? MessagingServiceSid { get; set; }

    /// <summary>A name for people, at most 256 characters; one that was created for an inbound message has the handset's address.</summary>
    public string? FriendlyName { get; set; }

    /// <summary>A name that stands for the SID in paths; no other conversation of the account has it.</summary>
    public string? UniqueName { get; set; }

    /// <summary>What the application keeps with it, JSON.</summary>
    public string Attributes { get; set; } = "{}";

    /// <summary>Whether it is going on. Only <see cref="Become"/> and messages change it.</summary>
    public ConversationState State { get; private set; } = ConversationState.Active;

    /// <summary>How many messages it was ever given, the removed ones included: the index of the next one.</summary>
    public long NextIndex { get; private set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    /// <summary>When a setting last changed, or a message came.</summary>
    public DateTimeOffset DateUpdated { get; set; } = dateCreated;

    /// <summary>Gives a message its index and wakes a resting conversation.</summary>
    /// <exception cref="InvalidOperationException">The conversation is closed.</exception>
    public long TakeIndex(DateTimeOffset now)
    {
        if (State == ConversationState.Closed) throw new InvalidOperationException($"{Sid} is closed.");
        State = ConversationState.Active;
        DateUpdated = now;
        return NextIndex++;
    }

    /// <summary>Changes the state.</summary>
    /// <returns>Null, or why not (20001): a closed conversation stays closed.</returns>
    public ApiError? Become(ConversationState state)
    {
        if (State == ConversationState.Closed && state != ConversationState.Closed) return MessagingError.ConversationClosed.ToApiError(Sid);
        State = state;
        return null;
    }
}
