using System.Net;
using System.Net.Sockets;
using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace MessagingServices.Server.Proxy;

/// <summary>
/// Connects clients with hosts that are not Twilio's. The name is resolved once, its addresses are judged, and only
/// these are called.
/// </summary>
internal sealed class OtherHosts
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);

    private readonly ProxyTelemetry telemetry;
    private readonly GuardedConnector forLocalClients;
    private readonly GuardedConnector forOtherClients;

    public OtherHosts(WebhookOptions webhooks, ProxyTelemetry telemetry)
    {
        this.telemetry = telemetry;
        EgressPolicy policy = new(webhooks);
        forLocalClients = new(policy.AllowForClients);
        forOtherClients = new(address => !address.IsLocal() && policy.AllowForClients(address));
    }

    /// <summary>
    /// What opens connections to the addresses that a client may call. What listens on this machine only, such as the
    /// console that signs in by itself, is for clients on this machine.
    /// </summary>
    public GuardedConnector ConnectorFor(bool isLocal) => isLocal ? forLocalClients : forOtherClients;

    /// <summary>Answers CONNECT, and passes bytes until both sides have ended.</summary>
    public async Task ServeTunnelAsync(ConnectionContext connection, ConnectRequest request)
    {
        if (await OpenAsync(connection, request) is not { } upstream) return;
        using (upstream)
        {
            // Past the web server's own pipe, so that the end of what the other host sends can be passed on alone.
            var client = connection.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
            telemetry.OpenedTunnel();
            var tunnel = new Tunnel(connection, client, upstream, telemetry.PassedTunnel);
            try
            {
                await tunnel.RunAsync();
            }
            catch (Exception failure) when (failure.IsEndOfConnection())
            {
                connection.Abort();
            }
        }
    }

    private async Task<Socket?> OpenAsync(ConnectionContext connection, ConnectRequest request)
    {
        using var limit = connection.LimitedTo(ConnectTime);
        try
        {
            var isLocal = (connection.RemoteEndPoint as IPEndPoint)?.Address.IsLocal() ?? true;
            return await ConnectorFor(isLocal).OpenSocketAsync(
                new DnsEndPoint(request.Host, request.Port), limit.Token);
        }
        catch (NoConnectionException failure)
        {
            await ConnectResponse.RefuseAsync(connection, StatusOf(failure), failure.Message);
        }
        catch (OperationCanceledException)
        {
            await ConnectResponse.RefuseAsync(connection, StatusCodes.Status502BadGateway,
                $"{request.Host} did not answer within {ConnectTime.TotalSeconds:0} s");
        }

        return null;
    }

    /// <summary>The HTTP status for a host that cannot be connected.</summary>
    public static int StatusOf(NoConnectionException failure) => failure.Reason == UnreachableReason.Forbidden
        ? StatusCodes.Status403Forbidden : StatusCodes.Status502BadGateway;
}
