using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Emulator;

/// <summary>The seed is applied again by a reset of everything.</summary>
public sealed class ResetToTheSeedTests(SeededMessagingServer server) : IClassFixture<SeededMessagingServer>
{
    private const string Services = "/v1/Services";

    [Fact]
    public async Task Seeded_resources_are_created_again_with_the_same_SIDs()
    {
        var before = Assert.Single((await server.GetAsync(Services)).Body!["services"]!.AsArray())!;
        await server.DeleteAsync($"{Services}/{before["sid"]}");
        await server.Api.Services.CreateWithPoolAsync("+14155550194");

        // Twice at once, so that one finds the other's seed.
        await Task.WhenAll(ResetAsync(), ResetAsync());

        var after = Assert.Single((await server.GetAsync(Services)).Body!["services"]!.AsArray())!;
        Assert.Equal(before["sid"]!.ToString(), after["sid"]!.ToString());
        Assert.Equal(before["friendly_name"]!.ToString(), after["friendly_name"]!.ToString());
        var sid = await server.Api.Messages.SendAsync(("MessagingServiceSid", after["sid"]!.ToString()),
            ("To", "+14155552671"), ("Body", "Hi"));
        await server.Api.Messages.UntilAsync(sid, "delivered");
    }

    private async Task ResetAsync() =>
        Assert.Equal(204, (await server.PostAsync(TestApi.ResetPath, ("Scope", "all"))).Status);
}
