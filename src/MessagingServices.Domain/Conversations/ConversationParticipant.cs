namespace MessagingServices.Domain.Conversations;

/// <summary>
/// A participant of a conversation. It has a pair of addresses and receives messages, or it has only an identity.
/// Source: https://www.twilio.com/docs/conversations/api/conversation-participant-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>MB</c>.</param>
/// <param name="dateCreated">The time of joining.</param>
public sealed class ConversationParticipant(Sid sid, Sid accountSid, Sid conversationSid, DateTimeOffset dateCreated)
{
    /// <summary>The maximum number of participants with addresses in a conversation.</summary>
    public const int MaxBound = 50;

    /// <summary>The maximum number of participants with only an identity in a conversation.</summary>
    public const int MaxChat = 1000;

    /// <summary>The maximum length of an identity, in characters.</summary>
    public const int MaxIdentityLength = 256;

    /// <summary>SID with the prefix <c>MB</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private set; }

    public Sid AccountSid { get; private set; } = accountSid;

    public Sid ConversationSid { get; private set; } = conversationSid;

    /// <summary>The application's name of a chat participant; null for others.</summary>
    public string? Identity { get; set; }

    /// <summary>
    /// The handset's address, with a channel prefix unless the channel is SMS; null for chat participants.
    /// </summary>
    public string? Address { get; private set; }

    /// <summary>The address of the account's sender that the handset sees; null for chat participants.</summary>
    public string? ProxyAddress { get; private set; }

    /// <summary>
    /// Whether the pair of addresses is in use. It is until the conversation is closed. An account has only one active
    /// participant with the same pair.
    /// </summary>
    public bool IsActiveBinding { get; private set; }

    /// <summary>The application's own data, as JSON.</summary>
    public string Attributes { get; set; } = "{}";

    /// <summary>The role; stored and returned, without effect.</summary>
    public Sid? RoleSid { get; set; }

    /// <summary>The index of the last read message, set by the application.</summary>
    public long? LastReadMessageIndex { get; set; }

    /// <summary>The time of the last read message, set by the application.</summary>
    public string? LastReadTimestamp { get; set; }

    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    public DateTimeOffset DateUpdated { get; set; } = dateCreated;

    /// <summary>Sets the pair of addresses and makes it active.</summary>
    /// <param name="address">The handset's normalised address.</param>
    /// <param name="proxyAddress">The sender's normalised address.</param>
    public void Bind(string address, string proxyAddress)
    {
        (Address, ProxyAddress) = (address, proxyAddress);
        IsActiveBinding = true;
    }

    /// <summary>Whether a message of this author is from this participant.</summary>
    public bool IsAuthor(string author) => author == Address || author == Identity;
}
