using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>
/// Makes the connections of webhooks: resolves the host, checks every address, connects to exactly those addresses and does the TLS
/// handshake, all within the connect timeout. That the checked address is the connected one makes the check hold against DNS rebinding;
/// that every connection comes this way makes it hold against redirects.
/// </summary>
internal sealed class GuardedConnector(EgressPolicy networks)
{
    /// <summary>The connect callback of the shared handler.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var request = context.InitialRequestMessage;
        if (!request.Options.TryGetValue(RequestTimeouts.Key, out var progress))
            throw new InvalidOperationException("Only requests of the webhook client go through its handler.");

        progress.Connecting();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, progress.Token);
        limit.CancelAfter(progress.ConnectTimeout);
        try
        {
            var stream = await OpenAsync(context.DnsEndPoint, request.RequestUri!.Scheme == Uri.UriSchemeHttps, limit.Token);
            progress.Connected();
            return stream;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && !progress.Token.IsCancellationRequested)
        {
            throw new NoConnectionException(
                UnreachableReason.ConnectTimeout, $"No connection within {progress.ConnectTimeout.TotalMilliseconds:0} ms");
        }
    }

    private async Task<Stream> OpenAsync(DnsEndPoint endpoint, bool secure, CancellationToken cancellation)
    {
        var addresses = await ResolveAsync(endpoint.Host, cancellation);
        if (!addresses.All(networks.Allow))
            throw new NoConnectionException(UnreachableReason.Forbidden, $"{endpoint.Host} is in a network that this server must not call");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, endpoint.Port, cancellation);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (!secure) return stream;
            var encrypted = new SslStream(stream);
            await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = endpoint.Host }, cancellation);
            return encrypted;
        }
        catch (Exception failure)
        {
            socket.Dispose();
            if (failure is SocketException or IOException or AuthenticationException)
                throw new NoConnectionException(UnreachableReason.ConnectFailed, failure.Message, failure);
            throw;
        }
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var address)) return [address];
        try
        {
            if (await Dns.GetHostAddressesAsync(host, cancellation) is { Length: > 0 } addresses) return addresses;
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException)
        {
            throw new NoConnectionException(UnreachableReason.BadHostName, $"{host} does not resolve: {failure.Message}", failure);
        }

        throw new NoConnectionException(UnreachableReason.BadHostName, $"{host} has no address");
    }
}

/// <summary>No connection came about, for a known reason.</summary>
internal sealed class NoConnectionException(UnreachableReason reason, string detail, Exception? inner = null) : Exception(detail, inner)
{
    public UnreachableReason Reason => reason;
}
