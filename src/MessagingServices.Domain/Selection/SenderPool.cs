using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>The senders of one Messaging Service, and the order in which they were used.</summary>
/// <param name="senders">The members.</param>
public sealed class SenderPool(IEnumerable<PoolSender> senders)
{
    private readonly PoolSender[] senders = [.. senders];
    private long uses = -1;

    /// <summary>The members.</summary>
    public IReadOnlyList<PoolSender> Senders => senders;

    /// <summary>Notes that a member is used now: of all it is now the most recently used.</summary>
    public void Use(PoolSender sender)
    {
        if (uses < 0) uses = senders.Length == 0 ? 0 : senders.Max(member => member.LastUsed);
        sender.LastUsed = ++uses;
    }

    /// <summary>The members, and a sender that need not be one.</summary>
    internal PoolSender[] With(PoolSender? other) => other is null || senders.Contains(other) ? senders : [.. senders, other];
}
