namespace MessagingServices.Server.OutgoingHttp;

/// <summary>
/// How one HTTP request uses its connection. The HTTP handler does not tell which one it took: a request may begin to
/// open a connection, and then be sent on one of the pool that is free sooner.
/// </summary>
internal sealed class ConnectionUse
{
    private static readonly AsyncLocal<ConnectionUse?> current = new();

    private volatile bool isReused;
    private volatile bool isAnswered;

    /// <summary>
    /// Whether the request was sent on a connection that another request had used, and nothing came back. If it
    /// failed, the receiver was closing the connection, and has probably not seen the request.
    /// </summary>
    public bool IsUnansweredOnReused => isReused && !isAnswered;

    /// <summary>Follows the requests that the calling async method sends from now on.</summary>
    public static ConnectionUse Begin() => current.Value = new();

    /// <summary>The use by the request that is being sent; null if nobody follows it.</summary>
    public static ConnectionUse? Current => current.Value;

    /// <summary>Whether bytes of a response came.</summary>
    public bool IsAnswered => isAnswered;

    /// <summary>Notes that the request is sent on a connection.</summary>
    /// <param name="reused">Whether the connection was used before.</param>
    public void Sent(bool reused) => (isReused, isAnswered) = (reused, false);

    /// <summary>Notes that bytes of a response came.</summary>
    public void Answered() => isAnswered = true;
}
