using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// A handset that takes no RCS gets the same message as SMS or MMS: whether it does is known before a sender is selected.
/// Source: https://www.twilio.com/docs/rcs/send-an-rcs-message. A recipient written with <c>rcs:</c> has no such fallback, so its message
/// fails at the carrier (63036).
/// </summary>
internal static class RcsReach
{
    public static RuleOutcome? Apply(SelectionRequest request, Candidates senders)
    {
        if (request.To.Channel != Channel.Sms || !senders.Has(SenderType.Rcs)) return null;
        return request.WithoutRcsFrom.Count == 0
            ? RuleOutcome.All(senders, "The handset takes RCS.")
            : RuleOutcome.Where(senders, sender => !request.WithoutRcsFrom.Contains(sender.Address),
                _ => "the handset takes no RCS", "The handset takes no RCS: the message falls back to SMS or MMS.");
    }
}
