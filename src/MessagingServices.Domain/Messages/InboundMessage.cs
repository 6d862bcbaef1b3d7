namespace MessagingServices.Domain.Messages;

/// <summary>What a handset has sent to one of the account's senders.</summary>
/// <param name="Sid">The new message's SID.</param>
/// <param name="AccountSid">The account that receives it.</param>
/// <param name="From">The handset's address, with the channel's prefix where it is not SMS.</param>
/// <param name="To">The address of the sender that receives it.</param>
/// <param name="Body">The text; empty when there is none.</param>
public sealed record InboundMessage(Sid Sid, Sid AccountSid, string From, string To, string Body)
{
    /// <summary>The Messaging Service in whose pool the receiving sender is, if any.</summary>
    public Sid? MessagingServiceSid { get; init; }

    /// <summary>The SID of the receiving sender when it is on WhatsApp or RCS.</summary>
    public Sid? ChannelInstallSid { get; init; }

    /// <summary>Where the media are fetched from.</summary>
    public IReadOnlyList<string> MediaUrls { get; init; } = [];
}
