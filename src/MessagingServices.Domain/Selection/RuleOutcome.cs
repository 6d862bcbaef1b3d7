using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// The outcome of one rule. The reasons for single senders are built only on demand, because a pool has hundreds of
/// senders and few selections are inspected.
/// </summary>
internal sealed class RuleOutcome
{
    private readonly Candidates before;
    private readonly Func<PoolSender, string>? whyRemoved;

    private RuleOutcome(Candidates before, Candidates kept, Func<PoolSender, string>? whyRemoved, string reason)
    {
        this.before = before;
        this.whyRemoved = whyRemoved;
        Kept = kept;
        Reason = reason;
    }

    /// <summary>The senders that the rule keeps, in the order of the pool.</summary>
    public Candidates Kept { get; }

    /// <summary>The decision in one sentence.</summary>
    public string Reason { get; }

    /// <summary>A warning for the operator; null for none.</summary>
    public string? Warning { get; private init; }

    /// <summary>The number of senders that the rule removed.</summary>
    public int RemovedCount => before.Count - Kept.Count;

    /// <summary>All senders are kept.</summary>
    public static RuleOutcome All(Candidates senders, string reason) => new(senders, senders, null, reason);

    /// <summary>One sender is kept; the others are removed because of <paramref name="whyNot"/>.</summary>
    public static RuleOutcome Only(
        Candidates senders, PoolSender chosen, Func<PoolSender, string> whyNot, string reason) =>
        senders.Count == 1 ? All(senders, reason) : new(senders, new([chosen]), whyNot, reason);

    /// <summary>
    /// The senders that satisfy <paramref name="keep"/> are kept; the others are removed because of
    /// <paramref name="whyNot"/>.
    /// </summary>
    public static RuleOutcome Where(
        Candidates senders, Predicate<PoolSender> keep, Func<PoolSender, string> whyNot, string reason) =>
        new(senders, senders.Where(keep), whyNot, reason);

    /// <summary>A copy with a warning for the operator.</summary>
    public RuleOutcome Warn(string? warning) => new(before, Kept, whyRemoved, Reason) { Warning = warning };

    /// <summary>Whether the rule removed this sender.</summary>
    public bool Removed(Sid sender) =>
        RemovedCount > 0 && before.Any(s => s.Sid == sender) && !Kept.Any(s => s.Sid == sender);

    /// <summary>The record of the decision, with at most <paramref name="maxNamed"/> senders in each list.</summary>
    public SelectionStep ToStep(string rule, int maxNamed) =>
        new(rule, Reason, [.. Kept.Take(maxNamed).Select(sender => sender.Address)],
            NameRemoved(Math.Min(maxNamed, RemovedCount)))
        {
            KeptCount = Kept.Count,
            RemovedCount = RemovedCount,
            Warning = Warning,
        };

    // The kept senders have the same order as before, so one pass over both lists finds the others.
    private List<RemovedSender> NameRemoved(int maxNamed)
    {
        var named = new List<RemovedSender>(maxNamed);
        var kept = Kept.Span;
        foreach (var sender in before.Span)
        {
            if (named.Count == maxNamed) break;
            if (!kept.IsEmpty && kept[0] == sender) kept = kept[1..];
            else named.Add(new(sender.Address, whyRemoved!(sender)));
        }

        return named;
    }
}
