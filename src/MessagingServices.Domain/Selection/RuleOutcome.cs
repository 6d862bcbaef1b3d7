using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// What one rule decided. The reasons of single senders are only made when they are read: a pool has hundreds of senders, and hardly any
/// selection is looked at.
/// </summary>
internal sealed class RuleOutcome
{
    private readonly PoolSender[] before;
    private readonly Func<PoolSender, string>? whyRemoved;

    private RuleOutcome(PoolSender[] before, PoolSender[] kept, Func<PoolSender, string>? whyRemoved, string reason)
    {
        this.before = before;
        this.whyRemoved = whyRemoved;
        Kept = kept;
        Reason = reason;
    }

    /// <summary>The senders that pass, in the order of the pool.</summary>
    public PoolSender[] Kept { get; }

    /// <summary>The decision in one sentence, for people.</summary>
    public string Reason { get; }

    /// <summary>What the operator should know besides; null when there is nothing.</summary>
    public string? Warning { get; private init; }

    /// <summary>How many senders did not pass.</summary>
    public int RemovedCount => before.Length - Kept.Length;

    /// <summary>Everything passes.</summary>
    public static RuleOutcome All(PoolSender[] senders, string reason) => new(senders, senders, null, reason);

    /// <summary>One sender passes; the others do not because of <paramref name="whyNot"/>.</summary>
    public static RuleOutcome Only(PoolSender[] senders, PoolSender chosen, Func<PoolSender, string> whyNot, string reason) =>
        senders.Length == 1 ? All(senders, reason) : new(senders, [chosen], whyNot, reason);

    /// <summary>The senders that satisfy <paramref name="keep"/> pass; the others do not because of <paramref name="whyNot"/>.</summary>
    public static RuleOutcome Where(PoolSender[] senders, Func<PoolSender, bool> keep, Func<PoolSender, string> whyNot, string reason) =>
        new(senders, Filter(senders, keep), whyNot, reason);

    /// <summary>The same with what the operator should know besides.</summary>
    public RuleOutcome Warn(string? warning) => new(before, Kept, whyRemoved, Reason) { Warning = warning };

    /// <summary>Whether the rule took this sender out.</summary>
    public bool Removed(Sid sender) => RemovedCount > 0 && Array.Exists(before, s => s.Sid == sender) && !Array.Exists(Kept, s => s.Sid == sender);

    /// <summary>The record of the decision, with at most <paramref name="most"/> senders named in each list.</summary>
    public SelectionStep ToStep(string rule, int most) => new(
        rule, Reason, [.. Kept.Take(most).Select(sender => sender.Address)],
        RemovedCount == 0 ? [] : [.. before.Except(Kept).Take(most).Select(sender => new RemovedSender(sender.Address, whyRemoved!(sender)))])
    {
        KeptCount = Kept.Length,
        RemovedCount = RemovedCount,
        Warning = Warning,
    };

    /// <summary>The same array when every sender satisfies the condition, which is what most rules find.</summary>
    private static PoolSender[] Filter(PoolSender[] senders, Func<PoolSender, bool> keep)
    {
        var first = Array.FindIndex(senders, sender => !keep(sender));
        if (first < 0) return senders;
        var kept = new List<PoolSender>(senders.AsSpan(0, first).ToArray());
        for (var i = first + 1; i < senders.Length; i++)
            if (keep(senders[i])) kept.Add(senders[i]);
        return [.. kept];
    }
}
