using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Removes RCS senders if the handset does not support RCS, so that the message is sent as SMS or MMS. The support is
/// known before selection. A recipient with <c>rcs:</c> has no fallback: its message fails at the carrier (63036).
/// Source: https://www.twilio.com/docs/rcs/send-an-rcs-message.
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
