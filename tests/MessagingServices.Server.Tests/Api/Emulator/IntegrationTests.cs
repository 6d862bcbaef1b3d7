using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>Where a Messaging Service's inbound messages go, as a resource.</summary>
public sealed class IntegrationTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly Field[] Table =
        [new("InboundHandling", "Conversation", "inbound_handling", "\"conversation\"")];

    [Fact]
    public async Task The_fields_are_taken_and_kept()
    {
        var service = await server.Api.Services.CreateAsync();
        Field.AssertCovers(typeof(IntegrationForm), Table);

        var updated = await server.PostAsync(Path(service), (Table[0].Name, Table[0].Sent)).ExpectAsync(200);

        Table[0].AssertShownIn(updated);
        Assert.Equal(["inbound_handling", "service_sid"], updated.Body.Names().Order(StringComparer.Ordinal));
        Assert.Equal(service, updated["service_sid"]);
        Assert.Equal(updated.Text, (await server.GetAsync(Path(service)).ExpectAsync(200)).Text);
    }

    [Theory]
    [InlineData("sender_webhook", "true")]
    [InlineData("service_webhook", "false")]
    public async Task The_webhooks_are_the_setting_of_twilios_own_api(string handling, string onNumber)
    {
        var service = await server.Api.Services.CreateAsync();

        await server.PostAsync(Path(service), ("InboundHandling", handling)).ExpectAsync(200);

        Assert.Equal(onNumber,
            (await server.GetAsync($"{ServicesApi.Path}/{service}"))["use_inbound_webhook_on_number"]);
    }

    [Theory]
    [InlineData("true", "sender_webhook")]
    [InlineData("false", "service_webhook")]
    public async Task Choosing_a_webhook_ends_conversations(string onNumber, string handling)
    {
        var service = await server.Api.Services.CreateAsync();
        await server.PostAsync(Path(service), ("InboundHandling", "conversation")).ExpectAsync(200);

        await server.PostAsync($"{ServicesApi.Path}/{service}", ("FriendlyName", "Still so")).ExpectAsync(200);
        Assert.Equal("conversation", (await server.GetAsync(Path(service)))["inbound_handling"]);
        await server.PostAsync($"{ServicesApi.Path}/{service}",
            ("UseInboundWebhookOnNumber", onNumber)).ExpectAsync(200);

        Assert.Equal(handling, (await server.GetAsync(Path(service)))["inbound_handling"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("studio")]
    public async Task Other_words_are_refused(string handling)
    {
        var service = await server.Api.Services.CreateAsync();

        await server.PostAsync(Path(service), ("InboundHandling", handling)).ExpectErrorAsync(400, 20001);

        Assert.Equal("sender_webhook", (await server.GetAsync(Path(service)))["inbound_handling"]);
    }

    [Fact]
    public async Task Another_accounts_messaging_service_is_not_seen_or_changed()
    {
        var service = await server.Api.Services.CreateAsync();
        using var other = await server.OtherAccountAsync();

        await other.Api.RequestAsync(HttpMethod.Get, Path(service)).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Post, Path(service),
            ("InboundHandling", "conversation")).ExpectErrorAsync(404, 20404);

        Assert.Equal("sender_webhook", (await server.GetAsync(Path(service)))["inbound_handling"]);
    }

    private static string Path(string service) => $"/emulator/v1/Services/{service}/Integration";
}
