using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>The senders of one Messaging Service, and the order in which they were used.</summary>
public sealed class SenderPool
{
    private readonly Candidates all;
    private long uses;

    /// <summary>Makes the pool of its members.</summary>
    public SenderPool(IEnumerable<PoolSender> senders)
    {
        PoolSender[] members = [.. senders];
        Senders = members;
        all = new(members);
        uses = members.Select(member => member.LastUsed).DefaultIfEmpty().Max();
    }

    /// <summary>The members.</summary>
    public IReadOnlyList<PoolSender> Senders { get; }

    /// <summary>Notes that a member is used now: of all it is now the most recently used.</summary>
    public void Use(PoolSender sender) => sender.LastUsed = ++uses;

    /// <summary>The members, and a sender that need not be one.</summary>
    internal Candidates With(PoolSender? other) => other is null || all.Contains(other) ? all : new([.. all, other]);
}
