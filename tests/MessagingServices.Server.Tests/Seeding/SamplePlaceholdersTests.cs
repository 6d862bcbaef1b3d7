using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Seeding;

/// <summary>With the built-in seed Twilio's samples run as they are.</summary>
public sealed class SamplePlaceholdersTests(SeededMessagingServer server) : IClassFixture<SeededMessagingServer>
{
    [Fact]
    public async Task The_placeholder_names_the_Messaging_Service_of_the_seed()
    {
        var services = await server.GetAsync("/v1/Services").ExpectAsync(200);

        var message = await server.Api.PostAsync(
            $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json",
            ("MessagingServiceSid", "MGXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"), ("To", "+18005550100"), ("Body", "Hello"))
            .ExpectAsync(201);

        Assert.Equal(services.Body!["services"]![0]!["sid"]!.ToString(), message["messaging_service_sid"]);
    }
}

/// <summary>Without the built-in seed it names nothing.</summary>
public sealed class NoPlaceholdersTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public Task The_placeholder_is_no_SID() => server.Api.PostAsync(
        $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json",
        ("MessagingServiceSid", "MGXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"), ("To", "+18005550100"), ("Body", "Hello"))
        .ExpectErrorAsync(400, 21705);
}
