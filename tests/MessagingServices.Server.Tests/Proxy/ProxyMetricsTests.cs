using System.Net;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Proxy;

/// <summary>Metrics say what goes through the proxy.</summary>
public sealed class ProxyMetricsTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task Tunnels_and_bytes_are_counted_by_kind()
    {
        using Measurements counted = new("proxy.tunnels", "proxy.bytes");
        await using var host = new RawReceiver((stream, _, cancellation) =>
            RawReceiver.WriteAsync(stream, new string('x', 5000), cancellation).AsTask());
        await using (var other = await RawClient.TunnelAsync(server, host.Authority)) await other.ReadToEndAsync();
        using var client = await server.ProxiedAsync();
        using var response = await client.GetAsync("https://api.twilio.com/livez");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Eventually.TrueAsync(
            () => counted.Of("proxy.tunnels", "emulated") >= 1 && counted.Of("proxy.tunnels", "tunnelled") >= 1
                && counted.Of("proxy.bytes", "emulated") > 1000 && counted.Of("proxy.bytes", "tunnelled") >= 5000,
            () => "The metrics of the proxy do not grow");
    }
}
