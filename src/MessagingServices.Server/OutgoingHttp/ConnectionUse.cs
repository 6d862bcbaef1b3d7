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

    /// <summary>Notes on which connection the current request is sent.</summary>
    /// <param name="last">The last use of that connection.</param>
    public static void Sending(ref ConnectionUse? last)
    {
        if (current.Value is not { } use) return;
        // Sent in parts. But after an answer it is sent again, with the credentials that the answer asks for.
        if (use == last && !use.isAnswered) return;
        (use.isReused, use.isAnswered) = (last is not null, false);
        Volatile.Write(ref last, use);
    }

    /// <summary>
    /// Notes that bytes came. The connection knows whose they are: what reads may have begun before the request.
    /// </summary>
    public void Answered() => isAnswered = true;
}
