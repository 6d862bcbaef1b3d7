using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Keeps the recipient's sticky sender if it passed the rules before. Otherwise the next rules decide without it. An
/// RCS sender wins, because RCS is not sticky and is the first type; Twilio does not define this case. Source:
/// https://www.twilio.com/docs/messaging/services#sticky-sender.
/// </summary>
internal static class StickySenderRule
{
    public static RuleOutcome? Apply(SelectionRequest request, Candidates senders)
    {
        if (request.StickySender is not { } sticky) return null;
        if (senders.Has(SenderType.Rcs)) return RuleOutcome.All(senders, "RCS comes first and is not sticky.");
        return senders.Find(sender => sender.Sid == sticky) is { } remembered
            ? RuleOutcome.Only(senders, remembered, _ => $"the sticky sender is {remembered.Address}",
                $"The recipient keeps its sticky sender, {remembered.Address}.")
            : RuleOutcome.All(senders, "The sticky sender no longer fits: another is selected.");
    }
}
