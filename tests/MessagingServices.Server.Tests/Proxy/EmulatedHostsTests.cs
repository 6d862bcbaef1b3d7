using System.Net;
using System.Net.Security;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Proxy;

/// <summary>Behind the proxy the server is Twilio: by https, for all of its hosts.</summary>
public sealed class EmulatedHostsTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Basic = "Authorization: Basic "
        + "QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==\r\n";

    [Theory]
    [InlineData("messaging.twilio.com", "1.1")]
    [InlineData("messaging.twilio.com", "2.0")]
    [InlineData("messaging.dublin.ie1.twilio.com", "1.1")]
    public async Task A_host_of_Twilio_answers_by_https(string host, string version)
    {
        using var client = await server.ProxiedAsync(Version.Parse(version));

        using var response = await client.GetAsync($"https://{host}/v1/Services");

        Assert.Equal(Version.Parse(version), response.Version);
        var page = await ApiResponse.ReadAsync(response).ExpectAsync(200);
        Assert.StartsWith(
            $"https://{host}/v1/Services?", page.Body!["meta"]!["url"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://verify.twilio.com/v2/Services", 501)]
    [InlineData("https://twilio.com/", 501)]
    [InlineData("https://unknown.twilio.com/any", 501)]
    [InlineData("https://tls-test.twilio.com/", 200)]
    [InlineData("https://tls-test.twilio.com:8443/some/path", 200)]
    public async Task Nothing_of_Twilio_is_ever_called(string url, int status)
    {
        using var client = await server.ProxiedAsync();

        using var response = await client.GetAsync(url);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_test_of_TLS_needs_no_credentials_and_all_else_does()
    {
        using var client = await server.ProxiedAsync();
        client.DefaultRequestHeaders.Authorization = null;

        using var test = await client.GetAsync("https://tls-test.twilio.com/");
        using var refused = await client.GetAsync("https://verify.twilio.com/v2/Services");

        Assert.Equal((200, 401), ((int)test.StatusCode, (int)refused.StatusCode));
    }

    [Fact]
    public async Task A_message_is_sent_with_Expect_100_continue()
    {
        using var client = await server.ProxiedAsync();
        client.DefaultRequestHeaders.ExpectContinue = true;
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New());

        var message = await client.Api.PostAsync(
            $"https://api.twilio.com/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json",
            ("MessagingServiceSid", service), ("To", NumbersApi.New()), ("Body", "Hello")).ExpectAsync(201);

        Assert.Equal("accepted", message["status"]);
    }

    [Fact]
    public async Task A_tunnel_carries_request_after_request()
    {
        await using var client = await RawClient.TunnelAsync(server, "api.twilio.com:443");
        await client.UseTlsAsync("api.twilio.com", await server.AuthorityAsync());

        for (var i = 0; i < 3; i++)
        {
            await client.WriteAsync("HEAD /livez HTTP/1.1\r\nHost: api.twilio.com\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200", await client.ReadHeadAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task A_request_with_a_whole_URL_is_answered(string scheme)
    {
        await using var client = await RawClient.ConnectAsync(server);

        await client.WriteAsync(
            $"GET {scheme}://messaging.twilio.com/v1/Services HTTP/1.1\r\nHost: messaging.twilio.com\r\n{Basic}"
            + "Connection: close\r\n\r\n");

        var response = await client.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200", response, StringComparison.Ordinal);
        Assert.Contains($"\"url\":\"{scheme}://messaging.twilio.com/v1/Services?", response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host: example.com\r\n")]
    [InlineData("Host: messaging.twilio.com\r\nOrigin: https://example.com\r\n")]
    public async Task A_tunnel_is_no_way_around_who_may_call(string headers)
    {
        await using var client = await RawClient.TunnelAsync(server, "messaging.twilio.com:443");
        await client.UseTlsAsync("messaging.twilio.com", await server.AuthorityAsync());

        await client.WriteAsync($"GET /v1/Services HTTP/1.1\r\n{headers}{Basic}\r\n");

        Assert.StartsWith("HTTP/1.1 403", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tunnel_may_carry_plain_HTTP()
    {
        await using var client = await RawClient.TunnelAsync(server, "api.twilio.com:80");

        await client.WriteAsync("GET /livez HTTP/1.1\r\nHost: api.twilio.com\r\nConnection: close\r\n\r\n");

        Assert.EndsWith("ok", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("h2")]
    [InlineData("http/1.1")]
    public async Task The_port_takes_a_TLS_handshake_without_a_tunnel(string protocol)
    {
        await using var client = await RawClient.ConnectAsync(server);

        var encrypted = await client.UseTlsAsync(
            "API.Twilio.com", await server.AuthorityAsync(), new SslApplicationProtocol(protocol));

        Assert.Equal(protocol, encrypted.NegotiatedApplicationProtocol.ToString());
        Assert.EndsWith("CN=api.twilio.com", encrypted.RemoteCertificate!.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_certificate_is_made_for_another_host()
    {
        await using var client = await RawClient.ConnectAsync(server);
        var ca = await server.AuthorityAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => client.UseTlsAsync("example.com", ca));
    }

    [Fact]
    public async Task Plain_requests_to_the_port_are_as_ever()
    {
        await using var client = await RawClient.ConnectAsync(server);

        // In two parts: a method that begins like CONNECT.
        await client.WriteAsync("CO");
        await client.WriteAsync("PY /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401", await client.ReadToEndAsync(), StringComparison.Ordinal);
        using var own = new HttpRequestMessage(HttpMethod.Get, $"{server.Url}/livez");
        using var direct = await server.Http.SendAsync(own);
        Assert.Equal(HttpStatusCode.OK, direct.StatusCode);
    }

    [Fact]
    public async Task A_whole_URL_of_the_server_itself_is_its_own_request()
    {
        await using var client = await RawClient.ConnectAsync(server);
        var authority = new Uri(server.Url).Authority;

        await client.WriteAsync(
            $"GET {server.Url}/livez HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
