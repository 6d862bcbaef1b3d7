using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Selection;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Inbound;

/// <summary>Makes messages from the replies in the response to an inbound webhook.</summary>
internal static class InboundReplies
{
    /// <summary>
    /// The replies, in order, and the errors of those that cannot be sent. By default they go from the sender that
    /// received the message to its handset, through the Messaging Service of that sender, if it is in one.
    /// </summary>
    public static async Task<(IReadOnlyList<Message> Messages, IReadOnlyList<ApiError> Errors)> MakeAsync(
        MessageTransaction work, Webhook webhook, IReadOnlyList<TwimlMessage> replies, DateTimeOffset now,
        CancellationToken cancellation)
    {
        List<Message> messages = [];
        List<ApiError> errors = [];
        if (replies.Count == 0) return (messages, errors);
        // From the webhook: the application may have deleted the message.
        var (handset, receiver) = InboundParameters.AddressesOf(webhook.Parameters);
        var service = InboundParameters.ServiceOf(webhook.Parameters) is { } sid
            ? await work.Db.MessagingServices.AsNoTracking().SingleOrDefaultAsync(s => s.Sid == sid, cancellation)
            : null;
        foreach (var reply in replies)
        {
            var (from, to) = (reply.From ?? receiver, reply.To ?? handset);
            var (recipient, unreachable) = RecipientAddress.Parse(to);
            var address = SenderAddress.Parse(from);
            var sender = address is not null && recipient is not null
                ? await work.Db.FindSenderAsync(webhook.AccountSid, address, recipient.Country, cancellation)
                : null;
            var isMms = reply.MediaUrls.Count > 0;
            if (unreachable is not null)
                errors.Add(unreachable);
            else if (sender is null)
                errors.Add(MessagingError.FromWithoutSms.ToApiError(from));
            else if (ErrorOf(address!, sender, recipient!, isMms) is { } error)
                errors.Add(error);
            else
                messages.Add(Reply(
                    work.Batch, reply, webhook, sender, recipient!, from == receiver ? service : null, now));
        }

        return (messages, errors);
    }

    private static ApiError? ErrorOf(
        SenderAddress address, PoolSender sender, RecipientAddress recipient, bool isMms) =>
        SenderReach.Mismatch(address, recipient) ?? SenderReach.ApiError(sender, recipient, isMms);

    private static Message Reply(
        WriteBatch batch, TwimlMessage reply, Webhook webhook, PoolSender sender, RecipientAddress recipient,
        MessagingService? service, DateTimeOffset now)
    {
        var sid = batch.NewSid(SidPrefix.OfMessage(reply.MediaUrls.Count > 0));
        var outbound = OutboundMessage.Create(
            sid, webhook.AccountSid, recipient.Value, reply.Body, sender, service, reply.StatusCallback);
        return Message.Accept(
            outbound with
            {
                Direction = MessageDirection.OutboundReply,
                MediaUrls = reply.MediaUrls,
                Options = reply.StatusCallbackMethod == "GET"
                    ? MessageOptions.StatusCallbackByGet
                    : MessageOptions.None,
            }, now);
    }
}
