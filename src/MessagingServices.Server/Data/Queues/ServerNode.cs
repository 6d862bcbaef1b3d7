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
    /// The last move of the clock whose due work the server's memory has finished; see
    /// <see cref="ClockState.MoveCount"/>. Null for a server that has just started or is of an earlier version.
    /// </summary>
    public long? FinishedMove { get; init; }
}
