using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Accept;

/// <summary>
/// Takes a message from the API: checks what Twilio checks before it answers, then stores the message. Everything else, from sender
/// selection on, happens in the background.
/// </summary>
internal sealed class AcceptMessage(
    MessagingServiceCache services, SenderChecks senders, MessageWriter intake, SidSource sids, EmulatorClock clock)
{
    private static readonly TimeSpan EarliestSendAt = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan LatestSendAt = TimeSpan.FromDays(35);

    /// <summary>Accepts the message; it is committed when the task ends.</summary>
    /// <exception cref="TwilioException">21211, 21212, 21265, 21266, 21606, 21610, 21611, 21612, 21621, 21659, 21664 to 21667, 21701, 21910, 35115, 35117,
    /// 35118, 63007, 20429, and with the Messaging Service's <c>synchronous_validation</c> 21610, 21703 and 21704.</exception>
    public async Task<Message> AcceptAsync(NewMessage draft, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (recipient, refusal) = RecipientAddress.Parse(draft.To);
        if (recipient is null) throw new TwilioException(refusal!);
        var service = await FindServiceAsync(draft, cancellation);
        var fallback = await senders.FindFallbackAsync(draft, recipient, cancellation);
        // A scheduled message's sender is judged when it is sent, and so is whether its recipient has opted out.
        var isJudgedNow = service is null || (service.SynchronousValidation && draft.SendAt is null);
        var from = draft.From is null ? null : await senders.FindNamedAsync(draft, draft.From, recipient, isJudgedNow, cancellation);
        CheckSendAt(draft, now);
        if (isJudgedNow && service is not null && from is null
            && await senders.TrySelectAsync(draft, recipient, fallback, cancellation) is SenderChoice.NoSender { Error: var error })
            throw new TwilioException(error.ToApiError());

        var sid = sids.New(draft.IsMms ? SidPrefix.MediaMessage : SidPrefix.TextMessage);
        var message = Message.Accept(new(sid, draft.AccountSid, recipient.Value, draft.Body)
        {
            From = from?.Address,
            ChannelInstallSid = from?.Sid is { Prefix: SidPrefix.ChannelSender } channelSender ? channelSender : null,
            FallbackFrom = fallback?.Address,
            MessagingServiceSid = service?.Sid,
            MediaUrls = draft.MediaUrls,
            Options = draft.Options,
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
        return await services.FindAsync(draft.AccountSid, sid, cancellation)
            ?? throw new TwilioException(MessagingError.UnknownService.ToApiError());
    }

    private static void CheckSendAt(NewMessage draft, DateTimeOffset now)
    {
        if (draft.SendAt is not { } sendAt) return;
        if (draft.MessagingServiceSid is null) throw new TwilioException(MessagingError.ScheduleWithoutService.ToApiError());
        if (sendAt < now + EarliestSendAt) throw new TwilioException(MessagingError.SendAtTooEarly.ToApiError());
        if (sendAt > now + LatestSendAt) throw new TwilioException(MessagingError.SendAtTooLate.ToApiError());
    }
}
