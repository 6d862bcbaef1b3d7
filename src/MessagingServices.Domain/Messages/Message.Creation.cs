using MessagingServices.Domain.Segments;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Messages;

/// <content>How messages begin.</content>
public sealed partial record Message
{
    /// <summary>
    /// Accepts a message from the API. With a Messaging Service, it starts as accepted or scheduled with 0 segments,
    /// even if it names a sender. Without one, it starts as queued.
    /// </summary>
    public static Message Accept(OutboundMessage draft, DateTimeOffset now)
    {
        var status = draft switch
        {
            { SendAt: not null } => MessageStatus.Scheduled,
            { MessagingServiceSid: not null } => MessageStatus.Accepted,
            _ => MessageStatus.Queued,
        };
        Message message = new(draft)
        {
            Sid = draft.Sid,
            AccountSid = draft.AccountSid,
            From = draft.From,
            ChannelInstallSid = draft.ChannelInstallSid,
            To = draft.To,
            Body = draft.Body,
            MediaUrls = draft.MediaUrls,
            Options = draft.Options,
            Status = status,
            ValidityPeriod = draft.ValidityPeriod ?? OutboundMessage.MaxValidityPeriod,
            DateCreated = now,
            DateUpdated = now,
            StatusChanges = [new(status, now, null)],
        };
        if (status == MessageStatus.Queued) message.NumSegments = message.CountSegments();
        return message;
    }

    /// <summary>Accepts a message from a handset. It is received at once, even before its media are fetched.</summary>
    public static Message Receive(InboundMessage draft, DateTimeOffset now) => new()
    {
        Sid = draft.Sid,
        AccountSid = draft.AccountSid,
        MessagingServiceSid = draft.MessagingServiceSid,
        Direction = MessageDirection.Inbound,
        From = draft.From,
        ChannelInstallSid = draft.ChannelInstallSid,
        To = draft.To,
        Body = draft.Body,
        MediaUrls = draft.MediaUrls,
        // Twilio counts the media of an MMS, and one segment for a message that is neither SMS nor MMS.
        NumSegments = ChannelAddress.TryParse(draft.To, out _) ? 1
            : draft.MediaUrls.Count > 0 ? draft.MediaUrls.Count
            : Segmenter.Count(draft.Body),
        Status = MessageStatus.Received,
        ValidityPeriod = OutboundMessage.MaxValidityPeriod,
        DateCreated = now,
        DateUpdated = now,
        DateSent = now,
        StatusChanges = [new(MessageStatus.Receiving, now, null), new(MessageStatus.Received, now, null)],
    };
}
