using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Outbound.Selection;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Inbound;

/// <summary>
/// Takes a message from a handset. That it is stored, what its keyword changes, the automatic answer and the webhook that it owes are one
/// transaction; webhook and answers follow in the background.
/// </summary>
internal sealed class ReceiveMessage(
    MessageTransactions transactions, InboundRouter deliveries, PriceList prices, EmulatorClock clock)
{
    /// <summary>Receives the message; everything is committed when the task ends.</summary>
    /// <returns>The message; one that is dropped is told, but not stored.</returns>
    /// <exception cref="TwilioException">21212, 21266, 21606, 21910.</exception>
    public async Task<Message> ReceiveAsync(NewInboundMessage draft, CancellationToken cancellation)
    {
        var (handset, address) = InboundAddresses.Read(draft.From, draft.To);
        await using var work = await transactions.BeginAsync(cancellation);
        await work.Db.TouchMessageQueueAsync(cancellation);
        var (receiver, service) = await FindReceiverAsync(work.Db, draft, address, handset, cancellation);
        var now = clock.GetUtcNow();
        var message = Message.Receive(
            new(work.Batch.NewSid(draft.MediaUrls.Count > 0 ? SidPrefix.MediaMessage : SidPrefix.TextMessage), draft.AccountSid, handset.Value, receiver.Address, draft.Body)
            {
                MessagingServiceSid = service?.Sid,
                ChannelInstallSid = receiver.Sid.Prefix == SidPrefix.ChannelSender ? receiver.Sid : null,
                MediaUrls = draft.MediaUrls,
            }, now);
        message.Charge(prices.Of(message));
        var keyword = await InboundOptOuts.ApplyAsync(work.Db, message, receiver, now, cancellation);
        foreach (var text in keyword?.Replies ?? []) work.Batch.Send(Answer(work.Batch.NewSid(SidPrefix.TextMessage), message, text, service, now));
        if (service is { StickySender: true } && await IsNewRecipientAsync(work.Db, service.Sid, handset, cancellation))
            work.Batch.Part<SelectionRows>().SetSticky(new(receiver, handset, now));
        List<KeyValuePair<string, string>> parameters = [.. draft.Parameters];
        if (keyword?.WebhookType is { } type) parameters.Add(new(InboundParameters.OptOutType, EnumNames<OptOutType>.Of(type).ToUpperInvariant()));
        var delivery = await InboundRouter.FindAsync(work.Db, message, receiver, service, parameters, cancellation);
        if (delivery is not null)
        {
            work.Batch.Messages.Insert(message);
            if (message.MediaUrls.Count > 0) work.Batch.MediaQueue.Add(QueuedMedia.Of(message, delivery));
            else await deliveries.DeliverAsync(work, message, delivery, [], now, cancellation);
        }

        await work.CommitAsync(CancellationToken.None);
        return message;
    }

    /// <summary>The sender that receives, and the Messaging Service in whose pool it is, which is locked: so the pool stays as it is.</summary>
    private static async Task<(PoolSender Receiver, MessagingService? Service)> FindReceiverAsync(
        MessagingDb db, NewInboundMessage draft, SenderAddress address, RecipientAddress handset, CancellationToken cancellation)
    {
        while (true)
        {
            var receiver = await FindAsync();
            if (receiver.MessagingServiceSid == default) return (receiver, null);
            var service = await db.LockServiceAsync(draft.AccountSid, receiver.MessagingServiceSid, cancellation);
            // It may have changed its pool while the lock was waited for.
            if (service is not null && (await FindAsync()).MessagingServiceSid == service.Sid) return (receiver, service);
        }

        async Task<PoolSender> FindAsync() => await db.FindSenderAsync(draft.AccountSid, address, handset.Country, cancellation)
            ?? throw new TwilioException(MessagingError.ReceiverUnknown.ToApiError(draft.To));
    }

    /// <summary>Whether the Messaging Service has no sticky sender for the handset; RCS senders are never sticky.</summary>
    private static async Task<bool> IsNewRecipientAsync(MessagingDb db, Sid service, RecipientAddress handset, CancellationToken cancellation) =>
        handset.Channel != Channel.Rcs && !await db.StickySenders.AnyAsync(sticky => sticky.MessagingServiceSid == service
            && sticky.To == handset.Number.E164 && sticky.Channel == handset.Channel, cancellation);

    private static Message Answer(Sid sid, Message inbound, string text, MessagingService? service, DateTimeOffset now) => Message.Accept(
        new(sid, inbound.AccountSid, inbound.From!, text)
        {
            Direction = MessageDirection.OutboundReply,
            From = inbound.To,
            ChannelInstallSid = inbound.ChannelInstallSid,
            MessagingServiceSid = service?.Sid,
            Options = MessageOptions.Automatic,
            ValidityPeriod = service?.ValidityPeriod ?? OutboundMessage.MaxValidityPeriod,
        }, now);
}
