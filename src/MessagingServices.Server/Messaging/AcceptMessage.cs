using MessagingServices.Domain;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Senders;
using MessagingServices.Domain.Services;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Time;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Messaging;

/// <summary>
/// Takes a message from the API: checks what Twilio checks before it answers, then stores the message. Everything else, from sender
/// selection on, happens in the background.
/// </summary>
public sealed class AcceptMessage(MessagingDb db, MessageIntake intake, SidSource sids, EmulatorClock clock)
{
    private static readonly TimeSpan EarliestSendAt = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan LatestSendAt = TimeSpan.FromDays(35);

    /// <summary>Accepts the message; it is committed when the task ends.</summary>
    /// <exception cref="RefusedException">21211, 21212, 21265, 21266, 21606, 21612, 21621, 21701, 35115, 35117, 35118, 20429, and with the
    /// Messaging Service's <c>synchronous_validation</c> 21703 and 21704.</exception>
    public async Task<Message> AcceptAsync(NewMessage draft, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (recipient, refusal) = RecipientAddress.Parse(draft.To);
        if (recipient is null) throw new RefusedException(refusal!);
        var service = await FindServiceAsync(draft, cancellation);
        var from = draft.From is null ? null : await CheckSenderAsync(draft, draft.From, recipient, cancellation);
        CheckSendAt(draft, now);
        if (service is { SynchronousValidation: true } && from is null) await CheckPoolAsync(service, new(recipient, draft.MediaUrls.Count > 0), cancellation);

        var sid = sids.New(draft.MediaUrls.Count > 0 ? SidPrefix.MediaMessage : SidPrefix.TextMessage);
        var message = Message.Accept(new(sid, draft.AccountSid, recipient.Value, draft.Body)
        {
            From = from,
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

    private async Task<string> CheckSenderAsync(NewMessage draft, string from, RecipientAddress recipient, CancellationToken cancellation)
    {
        if (!SenderAddress.TryNormalise(from, out var address)) throw new RefusedException(MessagingError.InvalidFrom.Refuse(from));
        if (address == recipient.Value) throw new RefusedException(MessagingError.ToEqualsFrom.Refuse(from));
        var number = recipient.Channel != Channel.Sms ? null : await db.PhoneNumbers.AsNoTracking()
            .SingleOrDefaultAsync(n => n.Number == address && n.AccountSid == draft.AccountSid, cancellation);
        if (number is null) throw new RefusedException(MessagingError.FromNotUsable.Refuse(from));
        if (draft.MediaUrls.Count > 0 && !number.Capabilities.HasFlag(SenderCapabilities.Mms))
            throw new RefusedException(MessagingError.FromWithoutMms.Refuse(from));
        if (number.IsTollFree && !recipient.Number.IsTollFree && recipient.Number.Country is not ("US" or "CA"))
            throw new RefusedException(MessagingError.NotReachable.Refuse(draft.To, from));
        return address;
    }

    private static void CheckSendAt(NewMessage draft, DateTimeOffset now)
    {
        if (draft.SendAt is not { } sendAt) return;
        if (draft.MessagingServiceSid is null) throw new RefusedException(MessagingError.ScheduleWithoutService.Refuse());
        if (sendAt < now + EarliestSendAt) throw new RefusedException(MessagingError.SendAtTooEarly.Refuse());
        if (sendAt > now + LatestSendAt) throw new RefusedException(MessagingError.SendAtTooLate.Refuse());
    }

    private async Task CheckPoolAsync(MessagingService service, SelectionRequest request, CancellationToken cancellation)
    {
        var pool = await db.PoolSenders.AsNoTracking().Where(s => s.MessagingServiceSid == service.Sid).ToListAsync(cancellation);
        if (SenderSelector.Select(request, pool) is SenderChoice.Refused refused) throw new RefusedException(refused.Error.Refuse());
    }
}
