namespace MessagingServices.Server.Data.Queues;

/// <summary>
/// A running server. It shows itself every second; the claims of one that no longer does are taken over by the others.
/// </summary>
internal sealed class ServerNode
{
    /// <summary>Drawn when the server starts.</summary>
    public Guid Id { get; init; }

    /// <summary>When it last showed itself, by the database's clock: the servers' own may differ.</summary>
    public DateTimeOffset LastSeen { get; init; }
}
