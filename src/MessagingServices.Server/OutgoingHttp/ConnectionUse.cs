namespace MessagingServices.Server.OutgoingHttp;

/// <summary>
/// How one HTTP request uses its connection. The HTTP handler does not tell it: a request may begin to open a
/// connection, and then be sent on one of the pool that is free sooner.
/// </summary>
internal sealed class ConnectionUse
{
    private static readonly AsyncLocal<ConnectionUse?> current = new();

    private bool isReused;
    private bool hasResponse;

    /// <summary>
    /// Whether the request was sent on a connection that another request had used, and nothing came back. If it
    /// failed, the receiver was closing the connection, and has probably not seen the request.
    /// </summary>
    public bool IsReusedInVain => isReused && !hasResponse;

    /// <summary>Follows the requests that the calling async method sends from now on.</summary>
    public static ConnectionUse Begin() => current.Value = new();

    /// <summary>Notes on which connection the current request is sent.</summary>
    /// <param name="last">The use by the last request on that connection.</param>
    public static void Sending(ref ConnectionUse? last)
    {
        if (current.Value is not { } use || use == last) return;
        use.isReused = last is not null;
        use.hasResponse = false;
        last = use;
    }

    /// <summary>Notes that the current request got bytes of a response.</summary>
    /// <param name="count">How many; 0 at the end of the connection.</param>
    public static void Received(int count)
    {
        if (count > 0 && current.Value is { } use) use.hasResponse = true;
    }
}
