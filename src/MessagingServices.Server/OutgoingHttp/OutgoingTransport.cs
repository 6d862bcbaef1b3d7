namespace MessagingServices.Server.OutgoingHttp;

/// <summary>Makes the HTTP handlers for webhooks and media.</summary>
internal static class OutgoingTransport
{
    /// <param name="policy">The networks that may be called.</param>
    /// <param name="isPooled">Whether connections are used again. If not, each request opens one.</param>
    public static SocketsHttpHandler CreateHandler(EgressPolicy policy, bool isPooled = true) => new()
    {
        ConnectCallback = new GuardedConnector(policy.Allow).ConnectAsync,
        // A safeguard. The connect callback has a shorter limit, the connect timeout of the request.
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = isPooled ? TimeSpan.FromMinutes(2) : TimeSpan.Zero,
        // Shorter than the keep-alive of common receivers (Node.js closes after 5 s), so few requests meet a closing
        // connection.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
        AllowAutoRedirect = false,
        UseCookies = false,
        Credentials = new UrlCredentials(),
        UseProxy = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 64,
        // A short body that nothing reads is drained, so that the connection can be used again.
        MaxResponseDrainSize = 64 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
    };
}
