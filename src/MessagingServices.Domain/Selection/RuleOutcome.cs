using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// What one rule decided. The reasons of single senders are only made when they are read: a pool has hundreds of senders, and hardly any
/// selection is looked at.
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

    /// <summary>The senders that pass, in the order of the pool.</summary>
    public Candidates Kept { get; }

    /// <summary>The decision in one sentence, for people.</summary>
    public string Reason { get; }

    /// <summary>What the operator should know besides; null when there is nothing.</summary>
    public string? Warning { get; private init; }

    /// <summary>How many senders did not pass.</summary>
    public int RemovedCount => before.Count - Kept.Count;

    /// <summary>Everything passes.</summary>
    public static RuleOutcome All(Candidates senders, string reason) => new(senders, senders, null, reason);

    /// <summary>One sender passes; the others do not because of <paramref name="whyNot"/>.</summary>
    public static RuleOutcome Only(Candidates senders, PoolSender chosen, Func<PoolSender, string> whyNot, string reason) =>
        senders.Count == 1 ? All(senders, reason) : new(senders, new([chosen]), whyNot, reason);

    /// <summary>The senders that satisfy <paramref name="keep"/> pass; the others do not because of <paramref name="whyNot"/>.</summary>
    public static RuleOutcome Where(Candidates senders, Predicate<PoolSender> keep, Func<PoolSender, string> whyNot, string reason) =>
        new(senders, senders.Where(keep), whyNot, reason);

    /// <summary>The same with what the operator should know besides.</summary>
    public RuleOutcome Warn(string? warning) => new(before, Kept, whyRemoved, Reason) { Warning = warning };

    /// <summary>Whether the rule took this sender out.</summary>
    public bool Removed(Sid sender) => RemovedCount > 0 && before.Any(s => s.Sid == sender) && !Kept.Any(s => s.Sid == sender);

    /// <summary>The record of the decision, with at most <paramref name="most"/> senders named in each list.</summary>
    public SelectionStep ToStep(string rule, int most) =>
        new(rule, Reason, [.. Kept.Take(most).Select(sender => sender.Address)], NameRemoved(Math.Min(most, RemovedCount)))
        {
            KeptCount = Kept.Count,
            RemovedCount = RemovedCount,
            Warning = Warning,
        };

    /// <summary>Those kept stand in the same order as before, so that one walk along both finds the others.</summary>
    private List<RemovedSender> NameRemoved(int most)
    {
        var named = new List<RemovedSender>(most);
        var kept = Kept.Span;
        foreach (var sender in before.Span)
        {
            if (named.Count == most) break;
            if (!kept.IsEmpty && kept[0] == sender) kept = kept[1..];
            else named.Add(new(sender.Address, whyRemoved!(sender)));
        }

        return named;
    }
}
