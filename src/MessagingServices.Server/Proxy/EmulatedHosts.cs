using System.Net.Security;
using MessagingServices.Server.Certificates;
using MessagingServices.Server.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace MessagingServices.Server.Proxy;

/// <summary>
/// Answers for Twilio's hosts: ends the TLS of a connection with a certificate of the development CA, and gives the
/// connection to the web server. Nothing of it leaves this server.
/// </summary>
internal sealed class EmulatedHosts(
    ServerCertificates certificates, EmulatedTunnels tunnels, ProxyTelemetry telemetry)
{
    /// <summary>The time limit for a TLS handshake.</summary>
    public static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(5);

    // Some clients open tunnels before they need them.
    private static readonly TimeSpan SilenceTime = TimeSpan.FromMinutes(1);

    /// <summary>Serves a tunnel to a host.</summary>
    /// <param name="connection">The client's connection, whose CONNECT is answered.</param>
    /// <param name="host">The host of the tunnel.</param>
    /// <param name="http">The web server.</param>
    public async Task ServeTunnelAsync(ConnectionContext connection, string host, ConnectionDelegate http)
    {
        switch (await connection.PeekAsync(SilenceTime))
        {
            case FirstBytes.Tls:
                await ServeTlsAsync(connection, host, http);
                break;
            case FirstBytes.Http or FirstBytes.Connect:
                await CarryAsync(connection, http);
                break;
            case FirstBytes.None:
                break;
        }
    }

    /// <summary>Serves a connection that begins with a TLS handshake.</summary>
    /// <param name="connection">The client's connection.</param>
    /// <param name="host">The host of the tunnel, for clients that name none in the handshake; null without a tunnel.
    /// </param>
    /// <param name="http">The web server.</param>
    public async Task ServeTlsAsync(ConnectionContext connection, string? host, ConnectionDelegate http)
    {
        var outer = connection.Transport;
        var stream = new SslStream(new CountedStream(outer, telemetry.PassedEmulated), leaveInnerStreamOpen: true);
        try
        {
            using (var limit = connection.LimitedTo(HandshakeTime))
            {
                await stream.AuthenticateAsServerAsync(
                    (_, hello, _, cancellation) => certificates.OptionsForAsync(
                        ServerCertificates.NameOf(hello.ServerName) ?? host, cancellation),
                    null, limit.Token);
            }

            var transport = new TlsTransport(stream);
            connection.Features.Set<ITlsConnectionFeature>(transport);
            connection.Features.Set<ITlsApplicationProtocolFeature>(transport);
            connection.Transport = transport;
            await CarryAsync(connection, http);
            await transport.Output.CompleteAsync();
            await transport.Input.CompleteAsync();
        }
        catch (Exception failure) when (failure.IsEndOfConnection())
        {
            // The client does not trust the certificate, is too slow, or is gone.
        }
        finally
        {
            connection.Transport = outer;
            await stream.DisposeAsync();
        }
    }

    private async Task CarryAsync(ConnectionContext connection, ConnectionDelegate http)
    {
        var tunnel = new EmulatedTunnel(connection);
        connection.Features.Set(tunnel);
        tunnels.Add(tunnel);
        telemetry.OpenedEmulated();
        try
        {
            await http(connection);
        }
        finally
        {
            tunnels.Remove(tunnel);
        }
    }
}
