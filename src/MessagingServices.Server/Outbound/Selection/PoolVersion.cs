namespace MessagingServices.Server.Outbound.Selection;

/// <summary>
/// The version of a Messaging Service and its pool: for each row, the ID of the transaction that wrote it
/// (PostgreSQL's <c>xmin</c>). Any change of a row makes another version. It is exact because every writer of a pool
/// locks the Messaging Service first.
/// </summary>
internal sealed class PoolVersion(uint service)
{
    private readonly List<(Sid Sender, uint Version)> senders = [];

    private uint Service => service;

    /// <summary>Adds a member of the pool; call it in the order of the pool.</summary>
    public void Add(Sid sender, uint version) => senders.Add((sender, version));

    /// <summary>Whether both are the same version.</summary>
    public bool IsSameAs(PoolVersion other) => Service == other.Service && senders.SequenceEqual(other.senders);

    /// <summary>The version after a transaction has written some members of the pool.</summary>
    public PoolVersion After(uint transaction, IReadOnlySet<Sid> written)
    {
        PoolVersion next = new(service);
        foreach (var (sender, version) in senders)
            next.Add(sender, written.Contains(sender) ? transaction : version);
        return next;
    }
}
