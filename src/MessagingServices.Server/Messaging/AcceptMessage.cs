using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Selection;
using MessagingServices.Domain.Senders;
using MessagingServices.Domain.Services;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Selection;
using MessagingServices.Server.Time;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Messaging;

/// <summary>
/// Takes a message from the API: checks what Twilio checks before it answers, then stores the message. Everything else, from sender
/// selection on, happens in the background.
/// </summary>
public sealed class AcceptMessage(
    MessagingDb db, MessageIntake intake, ComplianceOptions compliance, SidSource sids, EmulatorClock clock)
{
    private static readonly TimeSpan EarliestSendAt = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan LatestSendAt = TimeSpan.FromDays(35);

    /// <summary>Accepts the message; it is committed when the task ends.</summary>
    /// <exception cref="RefusedException">21211, 21212, 21265, 21266, 21606, 21612, 21621, 21659, 21664 to 21667, 21701, 21910, 35115, 35117,
    /// 35118, 63007, 20429, and with the Messaging Service's <c>synchronous_validation</c> 21703 and 21704.</exception>
    public async Task<Message> AcceptAsync(NewMessage draft, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (recipient, refusal) = RecipientAddress.Parse(draft.To);
        if (recipient is null) throw new RefusedException(refusal!);
        var service = await FindServiceAsync(draft, cancellation);
        var fallback = await FindFallbackAsync(draft, recipient, cancellation);
        var from = draft.From is null ? null : await CheckSenderAsync(draft, draft.From, recipient, cancellation);
        CheckSendAt(draft, now);
        if (service is { SynchronousValidation: true } && from is null)
            await CheckPoolAsync(new(draft.AccountSid, service.Sid, recipient, draft.Body, draft.MediaUrls.Count > 0, fallback?.Address), cancellation);

        var sid = sids.New(draft.MediaUrls.Count > 0 ? SidPrefix.MediaMessage : SidPrefix.TextMessage);
        var message = Message.Accept(new(sid, draft.AccountSid, recipient.Value, draft.Body)
        {
            From = from?.Address,
            ChannelInstallSid = from?.Sid is { Prefix: SidPrefix.ChannelSender } channelSender ? channelSender : null,
            FallbackFrom = fallback?.Address,
            MessagingServiceSid = service?.Sid,
            MediaUrls = draft.MediaUrls,
            StatusCallback = draft.StatusCallback ?? service?.StatusCallback,
            ValidityPeriod = draft.ValidityPeriod ?? service?.ValidityPeriod ?? OutboundMessage.MaxValidityPeriod,
            SendAt = draft.SendAt,
        }, now);
        await intake.AddAsync(message);
        return message;
    }

    private async Task<MessagingService?> FindServiceAsync(NewMessage draft, CancellationToken cancellation)
    {
        if (draft.MessagingServiceSid is not { } sid) return null;
        return await db.MessagingServices.AsNoTracking()
            .SingleOrDefaultAsync(s => s.Sid == sid && s.AccountSid == draft.AccountSid, cancellation)
            ?? throw new RefusedException(MessagingError.UnknownService.Refuse());
    }

    private async Task<PoolSender?> FindFallbackAsync(NewMessage draft, RecipientAddress recipient, CancellationToken cancellation)
    {
        if (draft.FallbackFrom is not { } fallbackFrom) return null;
        if (draft.MessagingServiceSid is not { } service) throw new RefusedException(MessagingError.FallbackWithoutService.Refuse());
        if (draft.From is not null) throw new RefusedException(MessagingError.FallbackWithFrom.Refuse());
        return await db.FindFallbackAsync(draft.AccountSid, service, fallbackFrom, recipient.Country, cancellation);
    }

    private async Task<PoolSender> CheckSenderAsync(NewMessage draft, string from, RecipientAddress recipient, CancellationToken cancellation)
    {
        var address = SenderAddress.Parse(from) ?? throw new RefusedException(MessagingError.InvalidFrom.Refuse(from));
        if (address.Value == recipient.Value) throw new RefusedException(MessagingError.ToEqualsFrom.Refuse(from));
        // RCS senders reach phone numbers too; there is no fallback then.
        if (address.Channel != recipient.Channel && (address.Channel, recipient.Channel) is not (Channel.Rcs, Channel.Sms))
            throw new RefusedException(MessagingError.ChannelMismatch.Refuse());
        var sender = await db.FindSenderAsync(draft.AccountSid, address, recipient.Country, cancellation) ?? throw new RefusedException(
            address.Channel == Channel.Sms ? MessagingError.FromNotUsable.Refuse(from) : MessagingError.UnknownChannelFrom.Refuse());
        if (SenderReach.Refusal(sender, recipient, draft.MediaUrls.Count > 0) is { } refusal) throw new RefusedException(refusal);
        return sender;
    }

    private static void CheckSendAt(NewMessage draft, DateTimeOffset now)
    {
        if (draft.SendAt is not { } sendAt) return;
        if (draft.MessagingServiceSid is null) throw new RefusedException(MessagingError.ScheduleWithoutService.Refuse());
        if (sendAt < now + EarliestSendAt) throw new RefusedException(MessagingError.SendAtTooEarly.Refuse());
        if (sendAt > now + LatestSendAt) throw new RefusedException(MessagingError.SendAtTooLate.Refuse());
    }

    private async Task CheckPoolAsync(SelectionQuestion question, CancellationToken cancellation)
    {
        var context = await SelectionContext.ReadAsync(db, compliance, question, cancellation);
        if (context.Select(question).Choice is SenderChoice.Refused refused) throw new RefusedException(refused.Error.Refuse());
    }
}
