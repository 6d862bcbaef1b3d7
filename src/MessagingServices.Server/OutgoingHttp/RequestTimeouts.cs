namespace MessagingServices.Server.OutgoingHttp;

/// <summary>
/// The time limits of one HTTP request. The read timeout rests while a connection is made for the request, which has a limit of its own;
/// a request on a pooled connection has the read timeout from its start.
/// </summary>
internal sealed class RequestTimeouts : IDisposable
{
    public static readonly HttpRequestOptionsKey<RequestTimeouts> Key = new("MessagingServices.RequestTimeouts");

    private readonly ConnectionOverrides overrides;
    private readonly CancellationTokenSource reading;
    private readonly Lock gate = new();
    private bool over;

    public RequestTimeouts(ConnectionOverrides overrides, CancellationToken attempt)
    {
        this.overrides = overrides;
        reading = CancellationTokenSource.CreateLinkedTokenSource(attempt);
        Token = reading.Token;
        reading.CancelAfter(overrides.ReadTimeout);
    }

    /// <summary>Ends the request: its read timeout, or whatever ends the whole attempt.</summary>
    public CancellationToken Token { get; }

    /// <summary>How long the connection may take.</summary>
    public TimeSpan ConnectTimeout => overrides.ConnectTimeout;

    /// <summary>Whether a connection was made for this request; otherwise it went out on one that had been used before.</summary>
    public bool NeededConnection { get; private set; }

    public void Connecting()
    {
        NeededConnection = true;
        Limit(Timeout.InfiniteTimeSpan);
    }

    public void Connected() => Limit(overrides.ReadTimeout);

    /// <summary>A piece of the answer has come: the next has the read timeout anew.</summary>
    public void Received() => Limit(overrides.ReadTimeout);

    // The connection may come about only after the request, which found another one in the meantime.
    private void Limit(TimeSpan time)
    {
        lock (gate)
        {
            if (!over) reading.CancelAfter(time);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            over = true;
            reading.Dispose();
        }
    }
}
