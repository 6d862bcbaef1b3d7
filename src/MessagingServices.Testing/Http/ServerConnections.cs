using System.Net;

namespace MessagingServices.Testing.Http;

/// <summary>The connections to a server, which all accounts share.</summary>
internal sealed class ServerConnections : IDisposable
{
    private readonly SocketsHttpHandler connections;

    public ServerConnections(Uri url)
    {
        Url = url;
        // Tests read redirects themselves, and Twilio's SDK does not follow them.
        connections = new() { AllowAutoRedirect = false, UseCookies = false, Proxy = new ProxyOfOthers(url) };
    }

    /// <summary>The address of the server.</summary>
    public Uri Url { get; }

    /// <summary>A client whose relative URLs are the server's.</summary>
    public HttpClient CreateClient(TimeSpan timeout) =>
        new(connections, disposeHandler: false) { BaseAddress = Url, Timeout = timeout };

    /// <summary>A client whose requests to Twilio go to the server.</summary>
    public HttpClient CreateTwilioClient(Credentials credentials) =>
        new(new ToServer(Url, credentials, connections), disposeHandler: false) { BaseAddress = Url };

    public void Dispose() => connections.Dispose();

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
