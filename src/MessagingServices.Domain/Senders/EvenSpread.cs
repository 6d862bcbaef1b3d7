namespace MessagingServices.Domain.Senders;

/// <summary>
/// Takes the least recently used sender, the earliest in the pool among those never used. Twilio says "a sender that isn't in use";
/// the exact rule is not published, this is its best reading.
/// </summary>
internal static class EvenSpread
{
    public static RuleOutcome Apply(SelectionRequest request, IReadOnlyList<PoolSender> senders)
    {
        if (senders.Count == 1) return RuleOutcome.All(senders, "The only sender left.");
        var chosen = senders.MinBy(sender => (sender.LastUsed, sender.Ordinal))!;
        return RuleOutcome.Where(senders, sender => sender == chosen,
            other => other.LastUsed > chosen.LastUsed ? "used more recently" : "later in the pool", "The least recently used sender.");
    }
}
