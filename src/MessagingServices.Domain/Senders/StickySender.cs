namespace MessagingServices.Domain.Senders;

/// <summary>
/// The sender that a recipient keeps in a Messaging Service. SMS and WhatsApp have separate sticky senders, even for
/// the same number. Source: https://www.twilio.com/docs/messaging/services#sticky-sender.
/// </summary>
public sealed class StickySender
{
    private StickySender() { }

    /// <summary>Makes a member of a pool the recipient's sticky sender.</summary>
    public StickySender(PoolSender sender, RecipientAddress recipient, DateTimeOffset now)
    {
        MessagingServiceSid = sender.MessagingServiceSid;
        Channel = recipient.Channel;
        To = recipient.Handset;
        Country = recipient.Country;
        SenderSid = sender.Sid;
        DateCreated = now;
    }

    public Sid MessagingServiceSid { get; private init; }

    /// <summary>SMS (with MMS) or WhatsApp.</summary>
    public Channel Channel { get; private init; }

    /// <summary>The recipient's number in E.164, or its WhatsApp user ID, without a channel prefix.</summary>
    public string To { get; private init; } = "";

    /// <summary>The order of creation, assigned by the database.</summary>
    public long Ordinal { get; private init; }

    /// <summary>The ISO 3166 code of the recipient's country; null for none.</summary>
    public string? Country { get; private init; }

    /// <summary>The member of the pool. The sticky sender is removed when the member leaves the pool.</summary>
    public Sid SenderSid { get; private init; }

    /// <summary>
    /// Whether the recipient has received a message from the sender. False after the sticky sender was reassigned to a
    /// new member of the recipient's own country, until the next message.
    /// </summary>
    public bool IsUsed { get; private init; } = true;

    /// <summary>The time at which the recipient first got a sticky sender.</summary>
    public DateTimeOffset DateCreated { get; private init; }
}
