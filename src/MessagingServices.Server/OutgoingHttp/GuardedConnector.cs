using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MessagingServices.Server.OutgoingHttp;

/// <summary>
/// Opens connections for webhooks and media: resolves the host, checks every address, connects to exactly these
/// addresses, and does the TLS handshake, within the connect timeout. No DNS rebinding can avoid the check, because the
/// server connects to the checked address. No redirect can, because every connection is opened here.
/// </summary>
/// <param name="allows">Which addresses may be called.</param>
internal sealed class GuardedConnector(Func<IPAddress, bool> allows)
{
    /// <summary>The connect callback of the HTTP handler.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var request = context.InitialRequestMessage;
        if (!request.Options.TryGetValue(RequestTimeouts.Key, out var timeouts))
            throw new InvalidOperationException("The request has no timeouts.");

        timeouts.Connecting();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeouts.Token);
        limit.CancelAfter(timeouts.ConnectTimeout);
        try
        {
            var isSecure = request.RequestUri!.Scheme == Uri.UriSchemeHttps;
            var stream = await OpenAsync(context.DnsEndPoint, isSecure, limit.Token);
            timeouts.Connected();
            return stream;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested
            && !timeouts.Token.IsCancellationRequested)
        {
            throw new NoConnectionException(
                UnreachableReason.ConnectTimeout,
                $"No connection within {timeouts.ConnectTimeout.TotalMilliseconds:0} ms");
        }
    }

    /// <summary>Opens a TCP connection, if all addresses of the host may be called.</summary>
    /// <exception cref="NoConnectionException">The host does not resolve, is forbidden or is unreachable.</exception>
    public async Task<Socket> OpenSocketAsync(DnsEndPoint endpoint, CancellationToken cancellation)
    {
        var addresses = await ResolveAsync(endpoint.Host, cancellation);
        if (!addresses.All(allows))
        {
            throw new NoConnectionException(
                UnreachableReason.Forbidden, $"{endpoint.Host} is in a network that this server must not call");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, endpoint.Port, cancellation);
            return socket;
        }
        catch (Exception failure)
        {
            socket.Dispose();
            if (failure is SocketException)
                throw new NoConnectionException(UnreachableReason.ConnectFailed, failure.Message, failure);
            throw;
        }
    }

    private async Task<Stream> OpenAsync(DnsEndPoint endpoint, bool secure, CancellationToken cancellation)
    {
        var socket = await OpenSocketAsync(endpoint, cancellation);
        if (!secure) return new FollowedConnection(socket);
        var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            var encrypted = new FollowedTlsConnection(stream);
            await encrypted.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = endpoint.Host }, cancellation);
            return encrypted;
        }
        catch (Exception failure)
        {
            await stream.DisposeAsync();
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
            throw new NoConnectionException(
                UnreachableReason.BadHostName, $"{host} does not resolve: {failure.Message}", failure);
        }

        throw new NoConnectionException(UnreachableReason.BadHostName, $"{host} has no address");
    }
}

/// <summary>No connection could be opened.</summary>
internal sealed class NoConnectionException(UnreachableReason reason, string detail, Exception? inner = null)
    : Exception(detail, inner)
{
    public UnreachableReason Reason => reason;
}
