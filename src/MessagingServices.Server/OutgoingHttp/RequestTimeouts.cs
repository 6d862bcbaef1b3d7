namespace MessagingServices.Server.OutgoingHttp;

/// <summary>
/// The timeouts of one HTTP request. The read timeout pauses while a connection is opened, which has its own timeout.
/// On a pooled connection the read timeout starts with the request.
/// </summary>
internal sealed class RequestTimeouts : IDisposable
{
    public static readonly HttpRequestOptionsKey<RequestTimeouts> Key = new("MessagingServices.RequestTimeouts");

    private readonly ConnectionOverrides overrides;
    private readonly CancellationTokenSource reading;
    private readonly Lock gate = new();
    private bool isDisposed;

    public RequestTimeouts(ConnectionOverrides overrides, CancellationToken attempt)
    {
        this.overrides = overrides;
        reading = CancellationTokenSource.CreateLinkedTokenSource(attempt);
        Token = reading.Token;
        reading.CancelAfter(overrides.ReadTimeout);
    }

    /// <summary>Canceled by the read timeout, or with the whole attempt.</summary>
    public CancellationToken Token { get; }

    public TimeSpan ConnectTimeout => overrides.ConnectTimeout;

    public void Connecting() => Limit(Timeout.InfiniteTimeSpan);

    public void Connected() => Limit(overrides.ReadTimeout);

    /// <summary>Restarts the read timeout after a part of the response.</summary>
    public void Received() => Limit(overrides.ReadTimeout);

    // A connection may be opened after the end of the request, which got another connection from the pool.
    private void Limit(TimeSpan time)
    {
        lock (gate)
        {
            if (!isDisposed) reading.CancelAfter(time);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            reading.Dispose();
        }
    }
}
