using System.Net;

namespace MessagingServices.Testing.Http;

/// <summary>The connections to a server, which all accounts share.</summary>
internal sealed class ServerConnections : IDisposable
{
    private readonly SocketsHttpHandler connections;
    private readonly Func<Task<string?>> whyEndedAsync;
    private readonly CancellationTokenSource closed = new();

    /// <param name="url">The address of the server.</param>
    /// <param name="whyEndedAsync">Says why the server has ended; null when it runs or the reason is unknown.</param>
    public ServerConnections(Uri url, Func<Task<string?>> whyEndedAsync)
    {
        (Url, this.whyEndedAsync) = (url, whyEndedAsync);
        // Tests read redirects themselves, and Twilio's SDK does not follow them.
        connections = new() { AllowAutoRedirect = false, UseCookies = false, Proxy = new ProxyOfOthers(url) };
    }

    /// <summary>The address of the server.</summary>
    public Uri Url { get; }

    /// <summary>Canceled when the connections are disposed.</summary>
    public CancellationToken Closed => closed.Token;

    /// <summary>A client whose relative URLs are the server's.</summary>
    public HttpClient CreateClient(TimeSpan timeout) =>
        new(connections, disposeHandler: false) { BaseAddress = Url, Timeout = timeout };

    /// <summary>A client of an account's application: its requests to Twilio go to the server.</summary>
    public HttpClient CreateTwilioClient(EmulatorApi account) =>
        new(new ToServer(Url, account, connections), disposeHandler: false) { BaseAddress = Url };

    /// <summary>What to say of a request that got no answer.</summary>
    public async Task<string> NoAnswerAsync(string failure) =>
        await whyEndedAsync().ConfigureAwait(false) ?? $"The server at {Url} does not answer: {failure}";

    /// <summary>Ends all calls that wait for an answer, and allows no more.</summary>
    public void Dispose()
    {
        closed.Cancel();
        connections.Dispose();
    }

    /// <summary>The machine's proxy, but not for the server: it is near, and may itself be that proxy.</summary>
    private sealed class ProxyOfOthers(Uri server) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) =>
            IsBypassed(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

        public bool IsBypassed(Uri host) =>
            host.Authority == server.Authority || HttpClient.DefaultProxy.IsBypassed(host);
    }
}
