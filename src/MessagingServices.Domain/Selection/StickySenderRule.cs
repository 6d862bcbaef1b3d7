using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// A recipient keeps the sender that it had before, as long as that sender passes the rules before this one; else the others decide as if
/// nothing were remembered. RCS is not sticky and is first in the order of types, so it comes first: the second half is the best reading.
/// Source: https://www.twilio.com/docs/messaging/services#sticky-sender.
/// </summary>
internal static class StickySenderRule
{
    public static RuleOutcome? Apply(SelectionRequest request, Candidates senders)
    {
        if (request.StickySender is not { } sticky) return null;
        if (senders.Has(SenderType.Rcs)) return RuleOutcome.All(senders, "RCS comes first and is not sticky.");
        return senders.Find(sender => sender.Sid == sticky) is { } remembered
            ? RuleOutcome.Only(senders, remembered, _ => $"the sticky sender is {remembered.Address}", $"The recipient keeps its sticky sender, {remembered.Address}.")
            : RuleOutcome.All(senders, "The sticky sender no longer fits: another is selected.");
    }
}
