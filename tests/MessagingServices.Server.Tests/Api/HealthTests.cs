using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api;

/// <summary>Probes get a short text, with its length, and without it for HEAD.</summary>
public sealed class HealthTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("/livez", "GET", "ok")]
    [InlineData("/livez", "HEAD", "")]
    [InlineData("/readyz", "GET", "ok")]
    [InlineData("/readyz", "HEAD", "")]
    public async Task A_probe_needs_no_credentials_and_gets_ok(string path, string method, string body)
    {
        using var client = server.Client();
        using HttpRequestMessage request = new(new(method), path);

        using var response = await client.SendAsync(request);

        Assert.Equal((200, "text/plain; charset=utf-8", 2L), (
            (int)response.StatusCode, response.Content.Headers.ContentType?.ToString(),
            response.Content.Headers.ContentLength));
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }
}
