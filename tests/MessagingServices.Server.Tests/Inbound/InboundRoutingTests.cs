using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Inbound;

/// <summary>An inbound message goes to the sender's webhook, to the Messaging Service's, or to none.</summary>
public sealed class InboundRoutingTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task A_number_in_no_messaging_service_has_its_own_webhook()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/number"));

        var received = await Handset.New(server).SendAsync(number, "Hi");

        Assert.Equal((received["sid"], null),
            ((await app.UntilAsync("/number"))[0]["MessageSid"], app.At("/number")[0]["MessagingServiceSid"]));
    }

    [Fact]
    public async Task A_number_without_a_webhook_receives_and_sends_no_request()
    {
        var number = await server.Api.Numbers.CreateNewAsync();

        var received = await Handset.New(server).SendAsync(number, "Hi");

        Assert.Equal("received",
            (await server.GetAsync(MessagesApi.PathOf(received["sid"]!)).ExpectAsync(200))["status"]);
        Assert.Empty((await server.GetAsync($"/emulator/v1/Webhooks?MessageSid={received["sid"]}").ExpectAsync(200))
            .Body!["webhooks"]!.AsArray());
    }

    [Fact]
    public async Task A_messaging_service_defers_to_its_senders_unless_it_says_otherwise()
    {
        await using var app = await InboundApp.StartAsync();
        var (service, number) = await PoolAsync(app, ("InboundRequestUrl", ""));

        var received = await Handset.New(server).SendAsync(number, "Hi");

        Assert.Equal((received["sid"], service),
            ((await app.UntilAsync("/number"))[0]["MessageSid"], app.At("/number")[0]["MessagingServiceSid"]));
        Assert.Equal(service, received["messaging_service_sid"]);
    }

    [Fact]
    public async Task A_Messaging_Services_own_webhook_gets_the_messages_of_all_its_senders()
    {
        await using var app = await InboundApp.StartAsync();
        var (service, number) = await PoolAsync(app, ("InboundRequestUrl", app.Url + "/service"));
        var code = ShortCodesApi.New();
        await server.Api.Services.AddShortCodeAsync(service,
            await server.Api.ShortCodes.CreateAsync(code)).ExpectAsync(201);
        var handset = Handset.New(server);

        await handset.SendAsync(number, "To the number");
        await handset.SendAsync(code, "To the short code");

        var came = await app.UntilAsync("/service", 2);
        Assert.Equal([(number, "To the number"), (code, "To the short code")],
            came.Select(request => (request["To"], request["Body"])).OrderBy(to => to.Item2));
        Assert.Empty(app.At("/number"));
    }

    [Fact]
    public async Task Without_a_url_a_messaging_service_that_takes_messages_itself_drops_them()
    {
        await using var app = await InboundApp.StartAsync();
        var (_, number) = await PoolAsync(app, ("UseInboundWebhookOnNumber", "false"));

        var dropped = await Handset.New(server).SendAsync(number, "Lost");

        await server.GetAsync(MessagesApi.PathOf(dropped["sid"]!)).ExpectErrorAsync(404, 20404);
        Assert.Empty((await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(number)}").ExpectAsync(200))
            .Body!["messages"]!.AsArray());
        Assert.Empty((await server.GetAsync($"/emulator/v1/Webhooks?MessageSid={dropped["sid"]}").ExpectAsync(200))
            .Body!["webhooks"]!.AsArray());
    }

    [Fact]
    public async Task The_integration_decides_for_the_next_message()
    {
        await using var app = await InboundApp.StartAsync();
        var (service, number) = await PoolAsync(app, ("InboundRequestUrl", app.Url + "/service"));
        var handset = Handset.New(server);

        await handset.SendAsync(number, "One");
        await app.UntilAsync("/service");
        await server.PostAsync($"/emulator/v1/Services/{service}/Integration",
            ("InboundHandling", "sender_webhook")).ExpectAsync(200);
        await handset.SendAsync(number, "Two");

        Assert.Equal("Two", (await app.UntilAsync("/number"))[0]["Body"]);
        Assert.Single(app.At("/service"));
    }

    [Theory]
    [InlineData("whatsapp:+14155550190", "whatsapp", "12125559101")]
    [InlineData("rcs:routing_agent", "rcs", null)]
    public async Task A_sender_on_a_channel_has_the_webhook_of_its_own_settings(
        string sender, string prefix, string? waId)
    {
        await using var app = await InboundApp.StartAsync();
        await server.Http.PostAsync("/v2/Channels/Senders", new StringContent(
            $$$"""{"sender_id":"{{{sender}}}","webhook":{"callback_url":"{{{app.Url}}}/channel","callback_method":"POST"}}""", null, "application/json"));

        await new Handset(server, $"{prefix}:+12125559101").SendAsync(sender, "Hi");

        var told = (await app.UntilAsync("/channel"))[0];
        Assert.Equal(($"{prefix}:+12125559101", sender, null, waId, null),
            (told["From"], told["To"], told["ChannelPrefix"], told["WaId"], told["FromCountry"]));
    }

    [Fact]
    public async Task Others_accounts_webhooks_are_never_asked()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/number"));
        using var other = await server.OtherAccountAsync();

        await other.Api.RequestAsync(HttpMethod.Post, "/emulator/v1/InboundMessages", ("From", "+12125550100"),
            ("To", number), ("Body", "Hi")).ExpectErrorAsync(400, 21606);

        Assert.Empty(app.Received);
    }

    private async Task<(string Service, string Number)> PoolAsync(
        InboundApp app, params (string Name, string Value)[] settings)
    {
        var service = (await server.PostAsync(ServicesApi.Path,
            [("FriendlyName", "Inbound"), .. settings]).ExpectAsync(201))["sid"]!;
        var number = NumbersApi.New();
        var sid = (await server.PostAsync(NumbersApi.Path, ("PhoneNumber", number),
            ("SmsUrl", app.Url + "/number")).ExpectAsync(201))["sid"]!;
        await server.Api.Services.AddNumberAsync(service, sid).ExpectAsync(201);
        return (service, number);
    }
}
