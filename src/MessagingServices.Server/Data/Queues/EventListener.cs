namespace MessagingServices.Server.Data.Queues;

/// <summary>A server has listeners to the events of an account: the other servers tell it what they change.</summary>
internal sealed class EventListener
{
    /// <summary>The server.</summary>
    public Guid Node { get; init; }

    /// <summary>The SID of the account. A reset of the account does not remove its listeners.</summary>
    public string Account { get; init; } = "";

    /// <summary>The other servers that know of it.</summary>
    public Guid[] Followers { get; init; } = [];
}

/// <summary>What a server tells the others of changed things. It is removed some seconds later.</summary>
internal sealed class StoredEventNotice
{
    /// <summary>The server that tells it.</summary>
    public Guid Node { get; init; }

    /// <summary>Its number among those of the server; they have no gaps.</summary>
    public long Number { get; init; }

    /// <summary>The changes, as JSON.</summary>
    public string Notice { get; init; } = "";

    /// <summary>By the database's clock, in real time.</summary>
    public DateTimeOffset Added { get; init; }
}
