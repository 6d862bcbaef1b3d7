using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Outbound.Accept;

/// <summary>
/// Messages with Twilio's test credentials: checked as others are, with the <see cref="MagicNumbers"/>, and neither
/// stored nor sent. The sender is checked before the recipient.
/// </summary>
internal sealed class TestMessages(SidSource sids, EmulatorClock clock)
{
    /// <summary>Checks a message and returns it as it would be accepted.</summary>
    /// <exception cref="TwilioException">21211, 21212, 21408, 21606, 21610, 21611, 21612, 21614, 21701, 21910, 35118,
    /// 63007, and the other errors of recipients.</exception>
    public Message Check(OutboundMessage draft)
    {
        if (draft.From is not { } named) throw new TwilioException(MessagingError.UnknownService.ToApiError());
        if (MessengerAddress.ApiError(named, draft.To) is { } unsupported) throw new TwilioException(unsupported);
        var from = PhoneNumberValue.TryParse(named, out var number) ? number.E164 : named;
        if (MagicNumbers.OfFrom(from) is { } wrongFrom) throw new TwilioException(wrongFrom);
        var (recipient, unreadable) = RecipientAddress.Parse(draft.To);
        if (recipient is null) throw new TwilioException(unreadable!);
        if (recipient.Channel != Channel.Sms) throw new TwilioException(MessagingError.ChannelMismatch.ToApiError());
        if (MagicNumbers.OfTo(recipient, from) is { } wrongTo) throw new TwilioException(wrongTo);
        if (draft.SendAt is not null) throw new TwilioException(MessagingError.ScheduleWithoutService.ToApiError());
        var sid = sids.New(SidPrefix.OfMessage(draft.IsMms));
        return Message.Accept(draft with { Sid = sid, To = recipient.Value, From = from }, clock.Now(draft.AccountSid));
    }
}
