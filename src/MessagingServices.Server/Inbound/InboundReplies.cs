using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Selection;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Inbound;

/// <summary>Makes messages of what the answer to an inbound webhook wants sent.</summary>
internal static class InboundReplies
{
    /// <summary>
    /// The replies, in their order, and why others cannot be made. They come from the sender that received the message and go to the handset
    /// that sent it, unless they say otherwise; through the Messaging Service of that sender, if it is in one.
    /// </summary>
    public static async Task<(IReadOnlyList<Message> Messages, IReadOnlyList<ApiError> Refused)> MakeAsync(
        MessageTransaction work, Webhook webhook, IReadOnlyList<TwimlMessage> wanted, DateTimeOffset now, CancellationToken cancellation)
    {
        List<Message> messages = [];
        List<ApiError> refused = [];
        if (wanted.Count == 0) return (messages, refused);
        // Of the webhook, not of the message, which the application may have deleted meanwhile.
        var (handset, receiver) = InboundParameters.AddressesOf(webhook.Parameters);
        var service = InboundParameters.ServiceOf(webhook.Parameters) is { } sid
            ? await work.Db.MessagingServices.AsNoTracking().SingleOrDefaultAsync(s => s.Sid == sid, cancellation) : null;
        foreach (var one in wanted)
        {
            var (from, to) = (one.From ?? receiver, one.To ?? handset);
            var recipient = RecipientAddress.Parse(to).Address;
            var address = SenderAddress.Parse(from);
            var sender = address is not null && recipient is not null
                ? await work.Db.FindSenderAsync(webhook.AccountSid, address, recipient.Country, cancellation) : null;
            var isMms = one.MediaUrls.Count > 0;
            if (sender is null) refused.Add(MessagingError.FromWithoutSms.ToApiError(from));
            else if ((SenderReach.Mismatch(address!, recipient!) ?? SenderReach.ApiError(sender, recipient!, isMms)) is { } refusal) refused.Add(refusal);
            else messages.Add(Reply(work.Batch.NewSid(isMms ? SidPrefix.MediaMessage : SidPrefix.TextMessage), one, webhook, sender, recipient!, from == receiver ? service : null, now));
        }

        return (messages, refused);
    }

    private static Message Reply(
        Sid sid, TwimlMessage reply, Webhook webhook, PoolSender sender, RecipientAddress recipient, MessagingService? service, DateTimeOffset now) =>
        Message.Accept(new(sid, webhook.AccountSid, recipient.Value, reply.Body)
        {
            Direction = MessageDirection.OutboundReply,
            From = sender.Address,
            ChannelInstallSid = sender.Sid.Prefix == SidPrefix.ChannelSender ? sender.Sid : null,
            MessagingServiceSid = service?.Sid,
            MediaUrls = reply.MediaUrls,
            StatusCallback = reply.StatusCallback ?? service?.StatusCallback,
            ValidityPeriod = service?.ValidityPeriod ?? OutboundMessage.MaxValidityPeriod,
        }, now);
}
