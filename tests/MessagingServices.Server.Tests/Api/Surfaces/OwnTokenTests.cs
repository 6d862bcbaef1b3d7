using MessagingServices.Server.Tests.Agents;
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

    [Fact]
    public async Task A_program_on_this_machine_needs_the_token()
    {
        using var nobody = server.Client();
        using var client = server.Client(MessagingServer.AccountSid, Token);

        using var refused = await AgentAccessTests.SendAsync(nobody, AgentAccessTests.ListTools);
        using var served = await AgentAccessTests.SendAsync(client, AgentAccessTests.ListTools);

        Assert.Equal((401, 200), ((int)refused.StatusCode, (int)served.StatusCode));
    }

    public sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Account:AuthToken", Token)];
    }
}
