using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Selects the least recently used sender; of those never used, the first in the pool. With send rates, it first
/// selects the senders with the shortest queue. Twilio only says "a sender that isn't in use" and publishes no exact
/// rule.
/// </summary>
internal static class LeastRecentlyUsed
{
    public static RuleOutcome Apply(SelectionRequest request, Candidates senders) =>
        request.SegmentsWaiting is { } waiting ? LeastBusy(waiting, senders) : ByLastUse(senders);

    private static RuleOutcome LeastBusy(Func<PoolSender, long> waiting, Candidates senders)
    {
        var fewest = senders.Min(waiting);
        var idle = senders.Where(sender => waiting(sender) == fewest);
        var chosen = First(idle);
        return RuleOutcome.Only(senders, chosen,
            other => waiting(other) > fewest ? "more segments wait for it" : WhyNot(other, chosen),
            senders.Count == 1
                ? "The only sender left."
                : "The sender for which the fewest segments wait; of several the least recently used.");
    }

    private static RuleOutcome ByLastUse(Candidates senders)
    {
        var chosen = First(senders);
        return RuleOutcome.Only(senders, chosen, other => WhyNot(other, chosen),
            senders.Count == 1 ? "The only sender left." : "The least recently used sender.");
    }

    private static PoolSender First(Candidates senders)
    {
        var chosen = senders.First;
        foreach (var sender in senders.Span)
            if (sender.LastUsed < chosen.LastUsed
                || (sender.LastUsed == chosen.LastUsed && sender.Ordinal < chosen.Ordinal)) chosen = sender;
        return chosen;
    }

    private static string WhyNot(PoolSender other, PoolSender chosen) =>
        other.LastUsed > chosen.LastUsed ? "used more recently" : "later in the pool";
}
