namespace MessagingServices.Server.Data.Queues;

/// <summary>
/// A running server. It writes a heartbeat every second. When the heartbeat expires, the other servers take over its
/// claims.
/// </summary>
internal sealed class ServerNode
{
    /// <summary>A random ID, which the server generates when it starts.</summary>
    public Guid Id { get; init; }

    /// <summary>The last heartbeat, by the database's clock, because the servers' clocks may differ.</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>
    /// Whether the server has left or its heartbeat has expired. The row goes when its messages are in the queues
    /// again.
    /// </summary>
    public bool HasLeft { get; init; }

    /// <summary>
    /// The server uses the clocks as they were changed by the database's transactions before this one, and its memory
    /// has finished the work that they have made due. 0 for a server that has just registered.
    /// </summary>
    public long SeenChange { get; init; }

    /// <summary>
    /// The later changes that it uses, each as account, version, and 1 if its memory has finished the work that has
    /// become due: <c>AC...:7:1</c>.
    /// </summary>
    public string[] Acknowledged { get; init; } = [];

    /// <summary>
    /// What its carrier reports on messages in its memory to which no rule applies: a server that takes them over may
    /// have other delays. Null for a server of an earlier version.
    /// </summary>
    public CarrierPlan? DefaultPlan { get; init; }
}
