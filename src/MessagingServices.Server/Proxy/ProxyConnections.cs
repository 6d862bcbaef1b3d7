using System.Net;
using MessagingServices.Server.Api.Fidelity;
using MessagingServices.Server.Certificates;
using Microsoft.AspNetCore.Connections;

namespace MessagingServices.Server.Proxy;

/// <summary>
/// Stands before the web server on its port: opens tunnels for clients that begin with CONNECT, and ends TLS for those
/// that begin with a handshake. All others go to the web server, with their first bytes.
/// </summary>
/// <remarks>The web server has no way to answer CONNECT on HTTP/1.1 with a tunnel.</remarks>
internal sealed class ProxyConnections(
    ProxyOptions options, TunnelSlots slots, EmulatedHosts emulated, OtherHosts others, DevelopmentAuthority authority)
{
    /// <summary>As long as the web server lets connections be without a request.</summary>
    private static readonly TimeSpan SilenceTime = TimeSpan.FromSeconds(130);

    private static readonly TimeSpan HeadTime = TimeSpan.FromSeconds(10);

    /// <summary>Serves a connection to its end.</summary>
    /// <param name="connection">A new connection.</param>
    /// <param name="http">The web server.</param>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate http)
    {
        switch (await connection.PeekAsync(SilenceTime))
        {
            case FirstBytes.Http:
                await http(connection);
                break;
            case FirstBytes.Connect:
                await ConnectAsync(connection, http);
                break;
            case FirstBytes.Tls when slots.TryTake():
                await HoldingSlotAsync(emulated.ServeTlsAsync(connection, host: null, http));
                break;
            case FirstBytes.Tls or FirstBytes.None:
                break;
        }
    }

    private async Task ConnectAsync(ConnectionContext connection, ConnectionDelegate http)
    {
        var (request, refusal) = await ConnectRequest.ReadAsync(connection, HeadTime);
        if (request is null)
        {
            if (refusal != 0)
            {
                await ConnectResponse.RefuseAsync(connection, refusal,
                    "A tunnel is asked for like this: CONNECT api.twilio.com:443 HTTP/1.1");
            }

            return;
        }

        if (!slots.TryTake())
        {
            await ConnectResponse.RefuseAsync(connection, StatusCodes.Status503ServiceUnavailable,
                $"{options.MaxTunnels} tunnels are open (Proxy:MaxTunnels)");
            return;
        }

        await HoldingSlotAsync(OpenAsync(connection, request, http));
    }

    private async Task HoldingSlotAsync(Task tunnel)
    {
        try
        {
            await tunnel;
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task OpenAsync(ConnectionContext connection, ConnectRequest request, ConnectionDelegate http)
    {
        if (TwilioProducts.IsHost(request.Host))
            await OpenEmulatedAsync(connection, request.Host, http);
        else if (options.RefusalOf((connection.RemoteEndPoint as IPEndPoint)?.Address) is { } refusal)
            await ConnectResponse.RefuseAsync(connection, StatusCodes.Status403Forbidden, refusal);
        else
            await others.ServeTunnelAsync(connection, request);
    }

    private async Task OpenEmulatedAsync(ConnectionContext connection, string host, ConnectionDelegate http)
    {
        if (ServerCertificates.NameOf(host) is null)
        {
            await ConnectResponse.RefuseAsync(
                connection, StatusCodes.Status400BadRequest, $"'{host}' is no name of a host");
            return;
        }

        try
        {
            // Before the tunnel is open: afterwards the client could not be told.
            using var limit = connection.LimitedTo(EmulatedHosts.HandshakeTime);
            await authority.GetAsync(limit.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException || DatabaseErrors.IsTransient(failure))
        {
            await ConnectResponse.RefuseAsync(connection, StatusCodes.Status503ServiceUnavailable,
                "The database does not answer, so there is no certificate");
            return;
        }

        await connection.Transport.Output.WriteAsync(ConnectResponse.Established);
        await emulated.ServeTunnelAsync(connection, host, http);
    }
}
