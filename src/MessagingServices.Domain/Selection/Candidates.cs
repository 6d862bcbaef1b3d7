using System.Collections;
using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// The remaining senders, in the order of the pool. The set of their types is known, so that most rules need not search
/// hundreds of senders.
/// </summary>
internal sealed class Candidates : IEnumerable<PoolSender>
{
    private readonly PoolSender[] senders;
    private readonly int types;

    public Candidates(PoolSender[] senders)
    {
        this.senders = senders;
        foreach (var sender in senders) types |= 1 << (int)sender.Type;
    }

    public int Count => senders.Length;

    public ReadOnlySpan<PoolSender> Span => senders;

    public PoolSender First => senders[0];

    public bool Has(SenderType type) => (types & (1 << (int)type)) != 0;

    public PoolSender? Find(Predicate<PoolSender> condition) => Array.Find(senders, condition);

    public bool Any(Predicate<PoolSender> condition) => Array.Exists(senders, condition);

    /// <summary>The same object if all senders satisfy the condition, as for most rules.</summary>
    public Candidates Where(Predicate<PoolSender> keep)
    {
        var first = 0;
        while (first < senders.Length && keep(senders[first])) first++;
        if (first == senders.Length) return this;
        var kept = new PoolSender[senders.Length - 1];
        var count = first;
        senders.AsSpan(0, first).CopyTo(kept);
        for (var i = first + 1; i < senders.Length; i++)
            if (keep(senders[i])) kept[count++] = senders[i];
        return new(kept[..count]);
    }

    public IEnumerator<PoolSender> GetEnumerator() => senders.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
