using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>The senders of one Messaging Service and the order of their use.</summary>
public sealed class SenderPool
{
    private readonly Candidates all;
    private long uses;

    public SenderPool(IEnumerable<PoolSender> senders)
    {
        PoolSender[] members = [.. senders];
        Senders = members;
        all = new(members);
        uses = members.Select(member => member.LastUsed).DefaultIfEmpty().Max();
    }

    public IReadOnlyList<PoolSender> Senders { get; }

    /// <summary>Makes a member the most recently used one.</summary>
    public void Use(PoolSender sender) => sender.LastUsed = ++uses;

    /// <summary>The members, with another sender added if it is not a member.</summary>
    internal Candidates With(PoolSender? other) => other is null || all.Contains(other) ? all : new([.. all, other]);
}
