using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Surfaces;

/// <summary>With an own Auth Token any host name is served, and any origin may call, as at Twilio.</summary>
public sealed class OwnTokenTests(OwnTokenTests.Server server) : IClassFixture<OwnTokenTests.Server>
{
    private const string Token = "anowntoken";

    [Fact]
    public async Task Any_host_and_any_origin_may_call()
    {
        using var client = server.Client(MessagingServer.AccountSid, Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/Services")
        {
            Headers = { { "Origin", "https://example.com" } },
        };
        request.Headers.Host = "messaging.example.com";

        using var response = await client.SendAsync(request);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    public sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Account:AuthToken", Token)];
    }
}
