using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Proxy;

/// <summary><c>Proxy:OtherHosts=refuse</c>: Twilio's hosts only.</summary>
public sealed class RefusingProxyTests(RefusingProxyTests.Server server) : IClassFixture<RefusingProxyTests.Server>
{
    [Fact]
    public async Task Other_hosts_are_refused_and_Twilio_is_there()
    {
        await using var host = RawReceiver.Hanging();

        await OtherHostsTests.ExpectAsync(server, $"CONNECT {host.Authority} HTTP/1.1", 403);
        await OtherHostsTests.ExpectAsync(server, $"GET http://{host.Authority}/ HTTP/1.1", 403);

        Assert.Equal(0, host.Connections);
        await using var tunnel = await RawClient.TunnelAsync(server, "api.twilio.com:443");
    }

    public sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [new("Proxy:OtherHosts", "refuse")];
    }
}

/// <summary><c>Webhooks:BlockPrivateNetworks</c> holds for the proxy, and so does the limit of tunnels.</summary>
public sealed class GuardedProxyTests(GuardedProxyTests.Server server) : IClassFixture<GuardedProxyTests.Server>
{
    [Theory]
    [InlineData("CONNECT {0} HTTP/1.1")]
    [InlineData("CONNECT localhost:80 HTTP/1.1")]
    [InlineData("GET http://{0}/ HTTP/1.1")]
    public async Task Private_networks_are_not_called(string line)
    {
        await using var host = RawReceiver.Hanging();

        await OtherHostsTests.ExpectAsync(
            server, line.Replace("{0}", host.Authority, StringComparison.Ordinal), 403);

        Assert.Equal(0, host.Connections);
    }

    [Fact]
    public async Task More_tunnels_than_the_limit_get_503_until_one_ends()
    {
        List<RawClient> open = [];
        for (var i = 0; i < Server.MaxTunnels; i++) open.Add(await RawClient.TunnelAsync(server, "api.twilio.com:443"));

        await OtherHostsTests.ExpectAsync(server, "CONNECT api.twilio.com:443 HTTP/1.1", 503);

        // Requests without a tunnel have no limit.
        await server.GetAsync("/v1/Services").ExpectAsync(200);
        await open[0].DisposeAsync();
        await Eventually.TrueAsync(IsOpenAsync, () => "No tunnel is free");
        foreach (var client in open) await client.DisposeAsync();
    }

    private async Task<bool> IsOpenAsync()
    {
        await using var client = await RawClient.ConnectAsync(server);
        await client.WriteAsync("CONNECT api.twilio.com:443 HTTP/1.1\r\n\r\n");
        return await client.ReadHeadAsync() == RawClient.Established;
    }

    public sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        public const int MaxTunnels = 5;

        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
            [new("Webhooks:BlockPrivateNetworks", "true"), new("Proxy:MaxTunnels", $"{MaxTunnels}")];
    }
}

/// <summary>Without the proxy the port speaks HTTP only, as before there was one.</summary>
public sealed class NoProxyTests(NoProxyTests.Server server) : IClassFixture<NoProxyTests.Server>
{
    [Fact]
    public async Task A_tunnel_is_a_bad_request()
    {
        await using var client = await RawClient.ConnectAsync(server);
        await client.WriteAsync("CONNECT api.twilio.com:443 HTTP/1.1\r\nHost: api.twilio.com:443\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 4", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    public sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Proxy:Enabled", "false")];
    }
}
