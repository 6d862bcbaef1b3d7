using System.Security.Cryptography;
using System.Text;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Proxy;

/// <summary>Whatever clients send to the port, others are served.</summary>
public sealed class HostileClientsTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("CONNECT api.twilio.com HTTP/1.1", 400)]
    [InlineData("CONNECT api.twilio.com:0 HTTP/1.1", 400)]
    [InlineData("CONNECT api.twilio.com:99999 HTTP/1.1", 400)]
    [InlineData("CONNECT :443 HTTP/1.1", 400)]
    [InlineData("CONNECT [::1:443 HTTP/1.1", 400)]
    [InlineData("CONNECT a/b:443 HTTP/1.1", 400)]
    [InlineData("CONNECT api.twilio.com:443 HTTP/9.9", 400)]
    [InlineData("CONNECT  api.twilio.com:443 HTTP/1.1", 400)]
    [InlineData("CONNECT ..twilio.com:443 HTTP/1.1", 400)]
    public Task A_malformed_CONNECT_is_refused(string line, int status) =>
        OtherHostsTests.ExpectAsync(server, line, status);

    [Fact]
    public async Task A_head_without_an_end_is_refused()
    {
        await using var client = await RawClient.ConnectAsync(server);

        await client.WriteAsync($"CONNECT api.twilio.com:443 HTTP/1.1\r\nX-Filler: {new string('x', 20_000)}");

        Assert.StartsWith("HTTP/1.1 431 ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_and_halves_end_and_others_are_served()
    {
        byte[][] starts =
        [
            RandomNumberGenerator.GetBytes(2000), [0x16],
            [0x16, 3, 1, 0xff, 0xff, .. RandomNumberGenerator.GetBytes(500)],
            [0], "C"u8.ToArray(), "CONNECT "u8.ToArray(), "CONNECT api.twilio.com:443 HTTP/1.1\r\n"u8.ToArray(),
            "CONNECT api.twilio.com:443 HTTP/1.1\r\n\r\n\r\n"u8.ToArray(),
            Encoding.ASCII.GetBytes("CONNECT api.twilio.com:443 HTTP/1.1\r\n\r\n" + new string('\u0016', 300)),
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(),
        ];
        foreach (var start in starts)
        {
            await using var client = await RawClient.ConnectAsync(server);
            await client.Stream.WriteAsync(start);
            client.EndWriting();
            // It ends by itself: no reset of the client's is needed.
            await client.ReadToEndAsync();
        }

        await server.GetAsync("/v1/Services").ExpectAsync(200);
    }

    [Fact]
    public async Task A_slow_head_and_a_slow_handshake_are_cut()
    {
        await using var head = await RawClient.ConnectAsync(server);
        await using var handshake = await RawClient.TunnelAsync(server, "api.twilio.com:443");
        await head.WriteAsync("CONNECT api.twilio.com:443 HT");
        await handshake.Stream.WriteAsync("\u0016\u0003\u0001"u8.ToArray());

        var ends = await Task.WhenAll(head.ReadToEndAsync(), handshake.ReadToEndAsync());

        Assert.StartsWith("HTTP/1.1 408 ", ends[0], StringComparison.Ordinal);
        Assert.Equal("", ends[1]);
    }

    [Fact]
    public async Task A_thousand_tunnels_wait_while_others_are_served()
    {
        const int count = 500;
        await using var host = RawReceiver.Hanging();
        var open = await Task.WhenAll(Enumerable.Range(0, count).SelectMany(_ => (Task<RawClient>[])
            [RawClient.TunnelAsync(server, "api.twilio.com:443"), RawClient.TunnelAsync(server, host.Authority)]));

        await server.GetAsync("/v1/Services").ExpectAsync(200);
        await using var tunnel = await RawClient.TunnelAsync(server, "api.twilio.com:443");
        await tunnel.UseTlsAsync("api.twilio.com", await server.AuthorityAsync());

        foreach (var client in open) await client.DisposeAsync();
    }
}
