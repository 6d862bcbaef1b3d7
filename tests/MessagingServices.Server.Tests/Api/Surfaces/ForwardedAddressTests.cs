using System.Net;
using MessagingServices.Server.Api.Surfaces;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Surfaces;

/// <summary>URLs in responses have the scheme and the host that the client used, also behind a reverse proxy.</summary>
public sealed class ForwardedAddressTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("https", "emulator.example.com", "https://emulator.example.com/v1/Services")]
    [InlineData("https", "emulator.example.com:8443", "https://emulator.example.com:8443/v1/Services")]
    [InlineData("https, http", "emulator.example.com, inner", "https://emulator.example.com/v1/Services")]
    [InlineData("https", null, "https://{own}/v1/Services")]
    [InlineData("gopher", "a/b", "http://{own}/v1/Services")]
    [InlineData(null, "user@evil.example.com", "http://{own}/v1/Services")]
    public async Task A_proxy_on_this_machine_says_how_the_client_called(string? scheme, string? host, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/Services");
        if (scheme is not null) request.Headers.Add("X-Forwarded-Proto", scheme);
        if (host is not null) request.Headers.Add("X-Forwarded-Host", host);

        var page = await ApiResponse.ReadAsync(await server.Http.SendAsync(request)).ExpectAsync(200);

        Assert.StartsWith(
            url.Replace("{own}", new Uri(server.Url).Authority, StringComparison.Ordinal) + "?",
            page.Body!["meta"]!["url"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/verify/v2/Services", "more_info", "https://emulator.example.com/emulator/v1/Fidelity")]
    [InlineData("/emulator/v1/RequestRules", "meta.url", "https://emulator.example.com/emulator/v1/RequestRules")]
    [InlineData(
        "/conversations/v1/Conversations", "meta.first_page_url",
        "https://emulator.example.com/conversations/v1/Conversations")]
    public async Task All_links_lead_back_through_the_proxy(string path, string member, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "emulator.example.com");

        var response = await ApiResponse.ReadAsync(await server.Http.SendAsync(request));

        var link = member.Split('.').Aggregate(response.Body, (node, name) => node![name]);
        Assert.StartsWith(url, link!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("192.0.2.1", true)]
    [InlineData("192.0.2.2", false)]
    [InlineData("2001:db8::1", false)]
    public void Others_are_believed_only_where_they_are_configured(string proxy, bool isTrusted) =>
        Assert.Equal(
            isTrusted,
            new KnownProxyOptions { KnownProxies = ["10.0.0.0/8", "192.0.2.1"] }.Trusts(IPAddress.Parse(proxy)));
}
