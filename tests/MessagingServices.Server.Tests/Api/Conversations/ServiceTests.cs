using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Conversations;

/// <summary>The one conversation service of an account.</summary>
public sealed class ServiceTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task The_only_service_is_listed_and_fetched()
    {
        var listed = await server.GetAsync("/conversations/v1/Services").ExpectAsync(200);
        var service = Assert.Single(listed.Body!["services"]!.AsArray())!;
        var sid = (await server.GetAsync("/v1/Configuration"))["default_chat_service_sid"];

        Assert.Equal(sid, service["sid"]!.ToString());
        Assert.Equal(sid, (await server.GetAsync(service["url"]!.ToString()).ExpectAsync(200))["sid"]);
        Assert.Equal(sid, (await server.GetAsync($"/v1/Services/{sid}").ExpectAsync(200))["sid"]);
        await server.GetAsync("/conversations/v1/Services/IS00000000000000000000000000000000")
            .ExpectErrorAsync(404, 20404);
    }
}
