using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using MessagingServices.Server.OutgoingHttp;
using MessagingServices.Server.Proxy;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Webhooks;

namespace MessagingServices.Server.Tests.Proxy;

/// <summary>What is not for Twilio arrives unchanged, where the proxy may call.</summary>
public sealed class OtherHostsTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("localhost")]
    public async Task What_listens_on_this_machine_only_is_for_clients_on_it(string host)
    {
        OtherHosts others = new(new(), null!);

        var refused = await Assert.ThrowsAsync<NoConnectionException>(
            () => others.ConnectorFor(isLocal: false).OpenSocketAsync(new(host, 1), default));

        Assert.Equal(UnreachableReason.Forbidden, refused.Reason);
    }

    [Fact]
    public async Task A_tunnel_passes_bytes_and_the_end_of_each_side()
    {
        byte[] sent = RandomNumberGenerator.GetBytes(1_000_000);
        // It answers only after the client has ended its side.
        await using var host = new RawReceiver(async (stream, _, cancellation) =>
        {
            using var all = new MemoryStream();
            await stream.CopyToAsync(all, cancellation);
            await stream.WriteAsync(all.ToArray(), cancellation);
        });
        await using var client = await RawClient.TunnelAsync(server, host.Authority);

        await client.Stream.WriteAsync(sent);
        client.EndWriting();

        Assert.Equal(sent, Encoding.Latin1.GetBytes(await client.ReadToEndAsync()));
    }

    [Fact]
    public async Task The_end_of_the_host_is_passed_on_while_the_client_goes_on()
    {
        var received = new TaskCompletionSource<string>();
        await using var host = new RawReceiver(async (stream, _, cancellation) =>
        {
            await RawReceiver.WriteAsync(stream, "bye", cancellation);
            ((System.Net.Sockets.NetworkStream)stream).Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            using var all = new MemoryStream();
            await stream.CopyToAsync(all, cancellation);
            received.SetResult(Encoding.Latin1.GetString(all.ToArray()));
        });
        await using var client = await RawClient.TunnelAsync(server, host.Authority);

        Assert.Equal("bye", await client.ReadToEndAsync());
        await client.WriteAsync("but I have more");
        client.EndWriting();

        Assert.Equal("but I have more", await received.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task The_client_sees_the_certificate_of_the_host_itself()
    {
        using var certificate = SelfSigned.For("other.test");
        await using var host = new RawReceiver(async (stream, _, cancellation) =>
        {
            await using var encrypted = new SslStream(stream);
            await encrypted.AuthenticateAsServerAsync(certificate);
            await RawReceiver.WriteAsync(encrypted, "hello", cancellation);
        });
        await using var client = await RawClient.TunnelAsync(server, host.Authority);

        var encrypted = await client.UseTlsAsync("other.test", certificate);

        Assert.Equal(certificate.GetCertHashString(), encrypted.RemoteCertificate!.GetCertHashString());
    }

    [Fact]
    public async Task A_plain_request_arrives_as_it_was_sent()
    {
        var received = new TaskCompletionSource<string>();
        await using var host = new RawReceiver(async (stream, _, cancellation) =>
        {
            var text = new StringBuilder();
            var buffer = new byte[4096];
            while (!text.ToString().EndsWith("To=you", StringComparison.Ordinal))
                text.Append(Encoding.Latin1.GetString(buffer, 0, await stream.ReadAsync(buffer, cancellation)));
            received.SetResult(text.ToString());
            await RawReceiver.WriteAsync(stream,
                "HTTP/1.1 404 Gone fishing\r\nX-Own: 1\r\nX-Own: 2\r\nKeep-Alive: x\r\nContent-Length: 0\r\n\r\n",
                cancellation);
        });
        await using var client = await RawClient.ConnectAsync(server);

        await client.WriteAsync(
            $"POST http://{host.Authority}/a%2Fb/../c?q=%41&r HTTP/1.0\r\nHost: {host.Authority}\r\n"
            + "X-Own: yes\r\nAuthorization: Basic abc\r\nOrigin: https://example.com\r\n"
            + "Proxy-Connection: keep-alive\r\n"
            + "Connection: X-Hop\r\nX-Hop: no\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\nTo=you");

        var response = await client.ReadToEndAsync();
        var request = await received.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith("POST /a%2Fb/../c?q=%41&r HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains($"Host: {host.Authority}\r\n", request, StringComparison.Ordinal);
        Assert.Contains("X-Own: yes\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Basic abc\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 6\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Hop", request, StringComparison.Ordinal);
        Assert.DoesNotContain("Proxy-Connection", request, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404 Gone fishing\r\n", response, StringComparison.Ordinal);
        Assert.Contains("X-Own: 1\r\nX-Own: 2\r\n", response, StringComparison.Ordinal);
        Assert.DoesNotContain("Keep-Alive", response, StringComparison.Ordinal);
        Assert.DoesNotContain("Twilio", response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT 127.0.0.1:1 HTTP/1.1", 502)]
    [InlineData("CONNECT no-such-host.invalid:443 HTTP/1.1", 502)]
    [InlineData("CONNECT 169.254.169.254:80 HTTP/1.1", 403)]
    [InlineData("CONNECT [fe80::1]:80 HTTP/1.1", 403)]
    [InlineData("CONNECT [::ffff:169.254.169.254]:80 HTTP/1.1", 403)]
    [InlineData("GET http://127.0.0.1:1/ HTTP/1.1", 502)]
    [InlineData("GET http://169.254.169.254/latest/meta-data HTTP/1.1", 403)]
    [InlineData("GET https://example.com/ HTTP/1.1", 501)]
    [InlineData("GET ftp://example.com/ HTTP/1.1", 400)]
    public Task What_cannot_be_called_is_said(string line, int status) => ExpectAsync(server, line, status);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("172.18.0.5", true)]
    [InlineData("::ffff:172.18.0.5", true)]
    [InlineData("192.0.2.1", false)]
    public void Other_hosts_are_for_this_machine_and_the_named_networks(string client, bool isServed)
    {
        var options = new ProxyOptions { Clients = ["172.16.0.0/12"] };

        Assert.Equal(isServed, options.RefusalOf(IPAddress.Parse(client)) is null);
    }

    internal static async Task ExpectAsync(MessagingServer server, string line, int status)
    {
        await using var client = await RawClient.ConnectAsync(server);
        var host = line.Split(' ')[1].Replace("http://", "", StringComparison.Ordinal)
            .Replace("https://", "", StringComparison.Ordinal).Replace("ftp://", "", StringComparison.Ordinal);
        await client.WriteAsync($"{line}\r\nHost: {host.Split('/')[0]}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
