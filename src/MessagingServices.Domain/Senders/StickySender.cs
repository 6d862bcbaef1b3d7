namespace MessagingServices.Domain.Senders;

/// <summary>
/// The sender that a recipient is remembered to have got from a Messaging Service; SMS and WhatsApp are remembered apart, even of one
/// number. Source: https://www.twilio.com/docs/messaging/services#sticky-sender.
/// </summary>
public sealed class StickySender
{
    private StickySender() { }

    /// <summary>Remembers the member of a pool that a recipient gets.</summary>
    public StickySender(PoolSender sender, RecipientAddress recipient, DateTimeOffset now)
    {
        MessagingServiceSid = sender.MessagingServiceSid;
        Channel = recipient.Channel;
        To = recipient.Number.E164;
        Country = recipient.Country;
        SenderSid = sender.Sid;
        DateCreated = now;
    }

    /// <summary>The Messaging Service.</summary>
    public Sid MessagingServiceSid { get; private init; }

    /// <summary>SMS (with MMS) or WhatsApp.</summary>
    public Channel Channel { get; private init; }

    /// <summary>The recipient's number in E.164, without a channel's prefix.</summary>
    public string To { get; private init; } = "";

    /// <summary>The place in the order of creation, given by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>ISO 3166 code of the recipient's country; null when it has none.</summary>
    public string? Country { get; private init; }

    /// <summary>The member of the pool. The memory ends when it leaves the pool.</summary>
    public Sid SenderSid { get; private init; }

    /// <summary>
    /// Whether the recipient has had a message from the sender; false once the memory was moved to a sender of the recipient's own country
    /// that joined the pool, until the next message.
    /// </summary>
    public bool IsUsed { get; private init; } = true;

    /// <summary>When the recipient was first remembered.</summary>
    public DateTimeOffset DateCreated { get; private init; }
}
