namespace MessagingServices.Domain.Senders;

/// <summary>
/// The sender that a recipient is remembered to have got from a Messaging Service; SMS and WhatsApp are remembered apart, even of one
/// number. Source: https://www.twilio.com/docs/messaging/services#sticky-sender.
/// </summary>
/// <param name="messagingServiceSid">The Messaging Service.</param>
/// <param name="channel">SMS (with MMS) or WhatsApp.</param>
/// <param name="to">The recipient's number in E.164, without a channel's prefix.</param>
/// <param name="country">ISO 3166 code of the recipient's country; null when it has none.</param>
/// <param name="senderSid">The member of the pool.</param>
/// <param name="dateCreated">When the recipient was first remembered.</param>
public sealed class StickySender(Sid messagingServiceSid, Channel channel, string to, string? country, Sid senderSid, DateTimeOffset dateCreated)
{
    /// <summary>The Messaging Service.</summary>
    public Sid MessagingServiceSid { get; private set; } = messagingServiceSid;

    /// <summary>SMS (with MMS) or WhatsApp.</summary>
    public Channel Channel { get; private set; } = channel;

    /// <summary>The recipient's number in E.164, without a channel's prefix.</summary>
    public string To { get; private set; } = to;

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private set; }

    /// <summary>ISO 3166 code of the recipient's country; null when it has none.</summary>
    public string? Country { get; private set; } = country;

    /// <summary>The member of the pool. The memory ends when it leaves the pool.</summary>
    public Sid SenderSid { get; private set; } = senderSid;

    /// <summary>
    /// Whether the recipient has had a message from the sender; false once the memory was moved to a sender of the recipient's own country
    /// that joined the pool, until the next message.
    /// </summary>
    public bool IsUsed { get; private set; } = true;

    /// <summary>When the recipient was first remembered.</summary>
    public DateTimeOffset DateCreated { get; private set; } = dateCreated;
}
