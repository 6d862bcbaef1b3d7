using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Accept;

/// <summary>
/// Accepts a message from the API: makes the checks that Twilio makes before it responds, then stores the message. All
/// other steps, from sender selection on, happen in the background.
/// </summary>
internal sealed class AcceptMessage(
    MessagingServiceCache services, SenderChecks senders, MessageWriter writer, SidSource sids, EmulatorClock clock)
{
    private static readonly TimeSpan MinSendDelay = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan MaxSendDelay = TimeSpan.FromDays(35);

    /// <summary>Accepts the message. It is committed when the task ends.</summary>
    /// <exception cref="TwilioException">21211, 21212, 21265, 21266, 21268, 21610, 21611, 21612, 21621, 21659, 21664 to
    /// 21667, 21701, 21910, 35115, 35117, 35118, 63007, 20429. With the Messaging Service's
    /// <c>synchronous_validation</c> also 21610, 21703 and 21704.</exception>
    public async Task<Message> AcceptAsync(OutboundMessage draft, CancellationToken cancellation)
    {
        var now = clock.Now(draft.AccountSid);
        if (MessengerAddress.ApiError(draft.From, draft.To) is { } unsupported) throw new TwilioException(unsupported);
        var (recipient, apiError) = RecipientAddress.Parse(draft.To);
        if (recipient is null) throw new TwilioException(apiError!);
        var service = await FindServiceAsync(draft, cancellation);
        var fallback = await senders.FindFallbackAsync(draft, recipient, cancellation);
        // A scheduled message is checked when it is sent: its sender, and whether its recipient has opted out.
        var isCheckedNow = service is null || (service.SynchronousValidation && draft.SendAt is null);
        var from = draft.From is null
            ? null
            : await senders.FindNamedAsync(draft, draft.From, recipient, isCheckedNow, cancellation);
        CheckSendAt(draft, now);
        if (isCheckedNow && service is not null && from is null
            && await senders.TrySelectAsync(draft, recipient, fallback, cancellation) is SenderChoice.NoSender choice)
            throw new TwilioException(choice.Error.ToApiError());

        var sid = sids.New(SidPrefix.OfMessage(draft.IsMms));
        var complete = draft.Complete(sid, recipient.Value, from, service) with { FallbackFrom = fallback?.Address };
        var message = Message.Accept(complete, now);
        // Without an answer to the caller, the message may still be stored.
        await writer.AddAsync(message).WaitAsync(cancellation);
        return message;
    }

    private async Task<MessagingService?> FindServiceAsync(OutboundMessage draft, CancellationToken cancellation)
    {
        if (draft.MessagingServiceSid is not { } sid) return null;
        return await services.FindAsync(draft.AccountSid, sid, cancellation)
            ?? throw new TwilioException(MessagingError.UnknownService.ToApiError());
    }

    private static void CheckSendAt(OutboundMessage draft, DateTimeOffset now)
    {
        if (draft.SendAt is not { } sendAt) return;
        if (draft.MessagingServiceSid is null)
            throw new TwilioException(MessagingError.ScheduleWithoutService.ToApiError());
        if (sendAt < now + MinSendDelay) throw new TwilioException(MessagingError.SendAtTooEarly.ToApiError());
        if (sendAt > now + MaxSendDelay) throw new TwilioException(MessagingError.SendAtTooLate.ToApiError());
    }
}
