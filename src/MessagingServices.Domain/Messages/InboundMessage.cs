namespace MessagingServices.Domain.Messages;

/// <summary>A message from a handset to one of the account's senders.</summary>
/// <param name="From">The handset's address, with a channel prefix unless the channel is SMS.</param>
/// <param name="To">The address of the sender that receives it.</param>
/// <param name="Body">The text; empty when there is none.</param>
public sealed record InboundMessage(Sid Sid, Sid AccountSid, string From, string To, string Body)
{
    /// <summary>The Messaging Service whose pool holds the receiving sender; null if no pool holds it.</summary>
    public Sid? MessagingServiceSid { get; init; }

    /// <summary>The SID of the receiving sender (prefix <c>XE</c>) on WhatsApp or RCS; null on SMS.</summary>
    public Sid? ChannelInstallSid { get; init; }

    /// <summary>The URLs of the media. The server fetches them after it has received the message.</summary>
    public IReadOnlyList<string> MediaUrls { get; init; } = [];
}
