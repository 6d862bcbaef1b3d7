namespace MessagingServices.Domain.Conversations;

/// <summary>
/// Somebody in a conversation: reached by messages when there is a pair of addresses, else known by an identity only. Source:
/// https://www.twilio.com/docs/conversations/api/conversation-participant-resource.
/// </summary>
/// <param name="sid">SID with the prefix <c>MB</c>.</param>
/// <param name="accountSid">The account that owns the conversation.</param>
/// <param name="conversationSid">The conversation.</param>
/// <param name="dateCreated">When it joined.</param>
public sealed class ConversationParticipant(Sid sid, Sid accountSid, Sid conversationSid, DateTimeOffset dateCreated)
{
    /// <summary>The most participants of a conversation that are reached by messages.</summary>
    public const int MaxBound = 50;

    /// <summary>The most participants of a conversation that are known by identity only.</summary>
    public const int MaxChat = 1000;

    /// <summary>The most characters of an identity.</summary>
    public const int MaxIdentityLength = 256;

    /// <summary>SID with the prefix <c>MB</c>.</summary>
    public Sid Sid { get; private set; } = sid;

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private set; }

    /// <summary>The account that owns the conversation.</summary>
    public Sid AccountSid { get; private set; } = accountSid;

    /// <summary>The conversation.</summary>
    public Sid ConversationSid { get; private set; } = conversationSid;

    /// <summary>What the application calls a participant who chats; null for others.</summary>
    public string? Identity { get; set; }

    /// <summary>The handset's address, with the channel's prefix where it is not SMS; null without a messaging binding.</summary>
    public string? Address { get; private set; }

    /// <summary>The address of the account's sender that the handset sees; null without a messaging binding.</summary>
    public string? ProxyAddress { get; private set; }

    /// <summary>Whether the pair of addresses is taken: as long as the conversation is not closed. A pair is taken once in an account.</summary>
    public bool HoldsPair { get; private set; }

    /// <summary>What the application keeps with it, JSON.</summary>
    public string Attributes { get; set; } = "{}";

    /// <summary>The role that the application gave it; kept and shown.</summary>
    public Sid? RoleSid { get; set; }

    /// <summary>The index of the last message that it read, as the application says.</summary>
    public long? LastReadMessageIndex { get; set; }

    /// <summary>When that was, as the application says.</summary>
    public string? LastReadTimestamp { get; set; }

    /// <summary>When it joined.</summary>
    public DateTimeOffset DateCreated { get; private set; } = dateCreated;

    /// <summary>When it last changed.</summary>
    public DateTimeOffset DateUpdated { get; set; } = dateCreated;

    /// <summary>Is reached by messages from now on.</summary>
    /// <param name="address">The handset's address in its one form.</param>
    /// <param name="proxyAddress">The sender's address in its one form.</param>
    public void Bind(string address, string proxyAddress)
    {
        (Address, ProxyAddress) = (address, proxyAddress);
        HoldsPair = true;
    }

    /// <summary>Whether a message of this author is its own.</summary>
    public bool IsAuthor(string author) => author == Address || author == Identity;
}
