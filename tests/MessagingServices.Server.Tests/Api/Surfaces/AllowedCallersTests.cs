using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Surfaces;

/// <summary>
/// While the default Auth Token holds, no web page of another origin, and no name that leads here by DNS rebinding, can
/// use it.
/// </summary>
public sealed class AllowedCallersTests(AllowedCallersTests.Server server) : IClassFixture<AllowedCallersTests.Server>
{
    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:8080", 200)]
    [InlineData("192.0.2.7", 200)]
    [InlineData("[2001:db8::1]:80", 200)]
    [InlineData("messaging", 200)]
    [InlineData("app.localhost", 200)]
    [InlineData("mac.local:8080", 200)]
    [InlineData("host.docker.internal", 200)]
    [InlineData("ci.test", 200)]
    [InlineData("messaging.twilio.com", 200)]
    [InlineData("messaging.dublin.ie1.twilio.com", 200)]
    [InlineData("public.example.com", 200)]
    [InlineData("ALLOWED.example.com:99", 200)]
    [InlineData("example.com", 403)]
    [InlineData("nottwilio.com", 403)]
    [InlineData("twilio.com.example.com", 403)]
    [InlineData("localhost.example.com", 403)]
    [InlineData("127.0.0.1.nip.io", 403)]
    public async Task The_host_must_be_one_that_nobody_else_can_have(string host, int status)
    {
        foreach (var path in (string[])["/v1/Services", "/livez", "/swagger/v1/swagger.json"])
            Assert.Equal(status, (int)(await SendAsync(path, host: host)).StatusCode);
    }

    [Theory]
    [InlineData("http://localhost:3000", 200)]
    [InlineData("https://127.0.0.1", 200)]
    [InlineData("http://[::1]:5173", 200)]
    [InlineData("http://web:8080", 200)]
    [InlineData("http://app.test", 200)]
    [InlineData("https://public.example.com", 200)]
    [InlineData("https://app.example.com:8443", 200)]
    [InlineData("https://app.example.com", 403)]
    [InlineData("https://example.com", 403)]
    [InlineData("http://192.168.1.7", 403)]
    [InlineData("null", 403)]
    [InlineData("chrome-extension://abcdef", 403)]
    public async Task The_origin_must_be_of_this_machine_or_allowed(string origin, int status)
    {
        using var response = await SendAsync("/v1/Services", origin: origin);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200, response.Headers.Contains("Access-Control-Allow-Origin"));
        using var preflight = await SendAsync("/v1/Services", HttpMethod.Options, origin: origin);
        Assert.Equal(status, (int)preflight.StatusCode);
    }

    [Fact]
    public async Task The_refusal_says_what_to_set()
    {
        var response = await ApiResponse.ReadAsync(await SendAsync("/v1/Services", host: "example.com"));

        Assert.Equal((403, "20403"), (response.Status, response["code"]));
        Assert.Contains("Api:AllowedHosts", response["message"], StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(
        string path, HttpMethod? method = null, string? host = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Host = host;
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (method == HttpMethod.Options) request.Headers.Add("Access-Control-Request-Method", "POST");
        return await server.Http.SendAsync(request);
    }

    public sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
        [
            new("PublicUrl", "https://public.example.com/messaging"),
            new("Api:AllowedHosts", "allowed.example.com"), new("Api:AllowedOrigins", "https://app.example.com:8443"),
        ];
    }
}
