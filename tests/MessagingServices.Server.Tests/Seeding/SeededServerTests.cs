using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Seeding;

/// <summary>A server as users get it: with the built-in seed.</summary>
public sealed class SeededServerTests(SeededServerTests.Seeded server) : IClassFixture<SeededServerTests.Seeded>
{
    [Fact]
    public async Task A_first_message_can_be_sent_through_the_demo_service()
    {
        var services = await server.GetAsync("/v1/Services").ExpectAsync(200);
        var service = Assert.Single(services.Body!["services"]!.AsArray())!;

        var message = await server.PostAsync($"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json",
            ("MessagingServiceSid", service["sid"]!.ToString()), ("To", "+14155550123"),
            ("Body", "Hello")).ExpectAsync(201);

        Assert.Equal(("Demo", "accepted"), (service["friendly_name"]!.ToString(), message["status"]));
    }

    public sealed class Seeded(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Seed:File", "")];
    }
}
