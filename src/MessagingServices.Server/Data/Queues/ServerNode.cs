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
}
