using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using MessagingServices.Server.Outbound.Carrier;
using MessagingServices.Server.Outbound.Selection;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Inbound;

/// <summary>
/// Receives a message from a handset. One transaction stores the message, the effect of its keyword, the automatic
/// replies and the pending webhook. The pipeline then sends webhook and replies.
/// </summary>
internal sealed class ReceiveMessage(
    MessageTransactions transactions, InboundRouter router, LocalMedia localMedia, PriceList prices,
    EmulatorClock clock)
{
    /// <summary>Receives the message. Everything is committed when the task ends.</summary>
    /// <returns>The message. A dropped message is returned, too, but not stored.</returns>
    /// <exception cref="TwilioException">21212, 21266, 21606, 21910; 20001 for a file.</exception>
    public async Task<Message> ReceiveAsync(NewInboundMessage draft, CancellationToken cancellation)
    {
        var addresses = InboundAddresses.Read(draft.From, draft.To);
        await using var work = await transactions.BeginAsync(cancellation);
        var (receiver, service) = await FindReceiverAsync(work.Db, draft, addresses, cancellation);
        var now = clock.Now(draft.AccountSid);
        var sid = work.Batch.NewSid(SidPrefix.OfMessage(isMms: draft.MediaUrls.Count + draft.Files.Count > 0));
        var media = InboundFiles.Describe(draft.Files, addresses.Receiver.Channel, type =>
            new(work.Batch.NewSid(SidPrefix.Media), sid, draft.AccountSid, type, now));
        var message = Message.Receive(new(sid, draft.AccountSid, addresses.From, receiver.Address, draft.Body)
        {
            MessagingServiceSid = service?.Sid,
            ChannelInstallSid = receiver.ChannelInstallSid,
            MediaUrls = media.Count > 0 ? [.. media.Select(localMedia.UrlOf)] : draft.MediaUrls,
        }, now);
        message.Charge(prices.Of(message));
        var keyword = await InboundOptOuts.ApplyAsync(work.Db, message, receiver, now, cancellation);
        foreach (var text in keyword?.Replies ?? [])
        {
            var replySid = work.Batch.NewSid(SidPrefix.TextMessage);
            work.Batch.Send(AutomaticReply(replySid, message, text, receiver, service, now));
        }

        if (addresses.Handset is { } handset && service is { StickySender: true }
            && await IsNewRecipientAsync(work.Db, service.Sid, handset, cancellation))
            work.Batch.Part<SelectionRows>().SetSticky(new(receiver, handset, now));
        List<KeyValuePair<string, string>> parameters = [.. draft.Parameters];
        if (keyword?.WebhookType is { } type)
            parameters.Add(new(InboundParameters.OptOutType, EnumNames<OptOutType>.Of(type).ToUpperInvariant()));
        if (receiver.Type == SenderType.WhatsApp)
        {
            work.Batch.Part<WhatsAppWindowRows>().Open(WhatsAppWindow.OpenedBy(
                message, HandsetParameters.UserIdOf(draft.Parameters), now));
        }

        var route = await InboundRouter.FindAsync(work.Db, message, receiver, service, parameters, cancellation);
        if (route is not null)
        {
            work.Batch.Messages.Insert(message);
            InboundFiles.Store(work.Batch, media, draft.Files);
            if (draft.MediaUrls.Count > 0) work.Batch.MediaQueue.Add(QueuedMedia.Of(message, route));
            else await router.DeliverAsync(work, message, route, media, now, cancellation);
        }

        await work.CommitAsync(cancellation);
        return message;
    }

    /// <summary>
    /// Finds the sender that receives the message, and the Messaging Service whose pool contains the sender. It locks
    /// the Messaging Service, so the pool does not change until the transaction ends.
    /// </summary>
    private static async Task<(PoolSender Receiver, MessagingService? Service)> FindReceiverAsync(
        MessagingDb db, NewInboundMessage draft, InboundAddresses addresses, CancellationToken cancellation)
    {
        while (true)
        {
            var receiver = await FindAsync();
            if (receiver.MessagingServiceSid == default) return (receiver, null);
            var service = await db.LockAsync<MessagingService>(
                draft.AccountSid, receiver.MessagingServiceSid, cancellation);
            // The sender may have moved to another pool before this transaction got the lock.
            if (service is not null && (await FindAsync()).MessagingServiceSid == service.Sid)
                return (receiver, service);
        }

        async Task<PoolSender> FindAsync() =>
            await db.FindSenderAsync(
                draft.AccountSid, addresses.Receiver, addresses.Handset?.Country, cancellation)
            ?? throw new TwilioException(MessagingError.ReceiverUnknown.ToApiError(draft.To));
    }

    // Whether the handset has no sticky sender yet. RCS senders are never sticky.
    private static async Task<bool> IsNewRecipientAsync(
        MessagingDb db, Sid service, RecipientAddress handset, CancellationToken cancellation) =>
        handset.Channel != Channel.Rcs && !await db.StickySenders.AnyAsync(
            sticky => sticky.MessagingServiceSid == service && sticky.To == handset.Handset
                && sticky.Channel == handset.Channel, cancellation);

    // An automatic reply has no status callback: the application did not send it.
    private static Message AutomaticReply(
        Sid sid, Message inbound, string text, PoolSender receiver, MessagingService? service, DateTimeOffset now) =>
        Message.Accept(
            OutboundMessage.Create(sid, inbound.AccountSid, inbound.From!, text, receiver, service) with
            {
                Direction = MessageDirection.OutboundReply,
                Options = MessageOptions.Automatic,
                StatusCallback = null,
            }, now);
}
