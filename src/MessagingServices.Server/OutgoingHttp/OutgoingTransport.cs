namespace MessagingServices.Server.OutgoingHttp;

/// <summary>The HTTP handler that all webhooks of the process share.</summary>
internal static class OutgoingTransport
{
    public static SocketsHttpHandler CreateHandler(EgressPolicy networks) => new()
    {
        ConnectCallback = new GuardedConnector(networks).ConnectAsync,
        // The connect callback has its own limit, the connect timeout of the request; this only stands behind it.
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        // Shorter than the keep-alive of common receivers (Node.js closes after 5 s), so that few requests meet a closing connection.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 64,
        // Answers' bodies are ignored: a short one is read to its end, so that the connection can be used again.
        MaxResponseDrainSize = 64 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
    };
}
