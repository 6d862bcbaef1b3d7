using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Conversations;

/// <summary>Inbound messages that become conversations.</summary>
public sealed class AutocreatedConversationTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Conversations = "/v1/Conversations";

    [Fact]
    public async Task A_Messaging_Service_can_turn_inbound_messages_into_conversations()
    {
        await using var app = await InboundApp.StartAsync();
        var (service, number) = await AutocreatingAsync(app);
        var handset = Handset.New(server);

        await handset.SendAsync(number, "Hello?");
        await handset.SendAsync(number, "Anybody there?");

        var conversation = await OnlyOfAsync(handset);
        var sid = conversation["sid"]!.ToString();
        Assert.Equal(("active", service),
            (conversation["state"]!.ToString(), conversation["messaging_service_sid"]!.ToString()));
        var participant = Assert.Single(await ListAsync($"{Conversations}/{sid}/Participants", "participants"))!;
        Assert.Equal((handset.Address, number, "sms"), (participant["messaging_binding"]!["address"]!.ToString(),
            participant["messaging_binding"]!["proxy_address"]!.ToString(),
            participant["messaging_binding"]!["type"]!.ToString()));
        Assert.Equal([("0", "Hello?", handset.Address), ("1", "Anybody there?", handset.Address)],
            (await ListAsync($"{Conversations}/{sid}/Messages", "messages"))
            .Select(message => (message!["index"]!.ToString(), message["body"]!.ToString(),
                message["author"]!.ToString())));
        await server.PostAsync($"{Conversations}/{sid}/Messages", ("Author", "agent"),
            ("Body", "Here I am")).ExpectAsync(201);
        Assert.Equal(number, (await handset.ExpectSmsAsync("Here I am")).From);
        await handset.NoMoreAsync();
        Assert.Empty(app.Received);
    }

    [Fact]
    public async Task An_address_that_is_configured_so_does_the_same_without_a_messaging_service()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms"));
        await server.PostAsync("/conversations/v1/Configuration/Addresses", ("Type", "sms"), ("Address", number),
            ("AutoCreation.Enabled", "true")).ExpectAsync(201);
        var handset = Handset.New(server);

        await handset.SendAsync(number, "Hello?");

        Assert.Equal("active", (await OnlyOfAsync(handset))["state"]!.ToString());
        Assert.Empty(app.Received);
    }

    [Fact]
    public async Task A_pair_that_is_in_a_conversation_already_stays_there_until_that_is_closed()
    {
        await using var app = await InboundApp.StartAsync();
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms"));
        var handset = Handset.New(server);
        var sid = (await server.PostAsync(Conversations, ("FriendlyName", "By hand")).ExpectAsync(201))["sid"]!;
        await server.PostAsync($"{Conversations}/{sid}/Participants",
            ("MessagingBinding.Address", handset.Address), ("MessagingBinding.ProxyAddress", number)).ExpectAsync(201);

        await handset.SendAsync(number, "Into the conversation");
        await server.PostAsync($"{Conversations}/{sid}", ("State", "closed")).ExpectAsync(200);
        await handset.SendAsync(number, "To the webhook");

        Assert.Equal("To the webhook", Assert.Single(await app.UntilAsync("/sms"))["Body"]);
        Assert.Equal("Into the conversation",
            Assert.Single(await ListAsync($"{Conversations}/{sid}/Messages", "messages"))!["body"]!.ToString());
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("deleted")]
    public async Task A_picture_whose_conversation_ends_while_it_is_fetched_goes_to_the_webhook(string end)
    {
        await using var app = await InboundApp.StartAsync();
        await using var media = await MediaServer.StartAsync();
        var (asked, served) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = media.Serve("image/png", MediaServer.Picture, () =>
        {
            asked.TrySetResult();
            return served.Task;
        });
        var number = await server.Api.Numbers.CreateNewAsync(("SmsUrl", app.Url + "/sms"));
        var handset = Handset.New(server);
        var sid = (await server.PostAsync(Conversations).ExpectAsync(201))["sid"]!;
        await server.PostAsync($"{Conversations}/{sid}/Participants",
            ("MessagingBinding.Address", handset.Address), ("MessagingBinding.ProxyAddress", number)).ExpectAsync(201);

        await handset.SendAsync(number, "Look", slow);
        await asked.Task;
        if (end == "closed") await server.PostAsync($"{Conversations}/{sid}", ("State", "closed")).ExpectAsync(200);
        else await server.DeleteAsync($"{Conversations}/{sid}").ExpectAsync(204);
        served.SetResult();

        var told = Assert.Single(await app.UntilAsync("/sms"));
        Assert.Equal(("Look", "1"), (told["Body"], told["NumMedia"]));
        Assert.DoesNotContain(
            await ListAsync($"/v1/ParticipantConversations?Address={Uri.EscapeDataString(handset.Address)}",
                "conversations"),
            other => other!["conversation_sid"]!.ToString() != sid);
    }

    [Fact]
    public async Task A_picture_reaches_the_others_of_a_group()
    {
        await using var app = await InboundApp.StartAsync();
        await using var media = await MediaServer.StartAsync();
        var (_, number) = await AutocreatingAsync(app);
        var (one, other) = (Handset.New(server), Handset.New(server));
        await one.SendAsync(number, "Hello?");
        var sid = (await OnlyOfAsync(one))["sid"]!.ToString();
        await server.PostAsync($"{Conversations}/{sid}/Participants",
            ("MessagingBinding.Address", other.Address), ("MessagingBinding.ProxyAddress", number)).ExpectAsync(201);

        await one.SendAsync(number, "Look", media.PictureUrl);

        var relayed = await other.ExpectSmsAsync("Look");
        var list = await server.GetAsync(MessagesApi.PathOf(relayed.Sid).Replace(".json", "/Media.json",
            StringComparison.Ordinal)).ExpectAsync(200);
        var picture = Assert.Single(list.Body!["media_list"]!.AsArray())!["uri"]!.ToString().Replace(".json", "",
            StringComparison.Ordinal);
        Assert.Equal(MediaServer.Picture, await server.Http.GetByteArrayAsync(picture));
        await one.NoMoreAsync();
        Assert.Equal("image/png",
            (await ListAsync($"{Conversations}/{sid}/Messages",
                "messages"))[^1]!["media"]![0]!["content_type"]!.ToString());
    }

    [Fact]
    public async Task A_participant_that_has_opted_out_gets_no_more_messages_and_the_receipt_says_so()
    {
        await using var app = await InboundApp.StartAsync();
        var (_, number) = await AutocreatingAsync(app);
        var handset = Handset.New(server);
        await handset.SendAsync(number, "STOP");
        await handset.ExpectSmsAsync("unsubscribed");
        var sid = (await OnlyOfAsync(handset))["sid"]!.ToString();

        var said = await server.PostAsync($"{Conversations}/{sid}/Messages",
            ("Body", "Are you sure?")).ExpectAsync(201);
        await handset.NoMoreAsync();

        var receipt = Assert.Single(await ListAsync($"{Conversations}/{sid}/Messages/{said["sid"]}/Receipts",
            "delivery_receipts"))!;
        Assert.Equal(("failed", "21610"), (receipt["status"]!.ToString(), receipt["error_code"]!.ToString()));
    }

    [Fact]
    public async Task Two_first_messages_at_once_are_one_conversation()
    {
        await using var app = await InboundApp.StartAsync();
        var (_, number) = await AutocreatingAsync(app);
        var handset = Handset.New(server);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => handset.SendAsync(number, $"Message {i}")));

        var sid = (await OnlyOfAsync(handset))["sid"]!.ToString();
        Assert.Equal(Enumerable.Range(0, 8),
            (await ListAsync($"{Conversations}/{sid}/Messages", "messages"))
                .Select(message => message!["index"]!.GetValue<int>()));
    }

    private async Task<(string Service, string Number)> AutocreatingAsync(InboundApp app)
    {
        var service = (await server.PostAsync(ServicesApi.Path, ("FriendlyName", "Talks"),
            ("InboundRequestUrl", app.Url + "/service")).ExpectAsync(201))["sid"]!;
        var number = NumbersApi.New();
        await server.Api.Services.AddNumberAsync(service,
            await server.Api.Numbers.CreateAsync(number)).ExpectAsync(201);
        await server.PostAsync($"/emulator/v1/Services/{service}/Integration",
            ("InboundHandling", "conversation")).ExpectAsync(200);
        return (service, number);
    }

    private async Task<JsonNode> OnlyOfAsync(Handset handset)
    {
        var of =
            Assert.Single(
                await ListAsync($"/v1/ParticipantConversations?Address={Uri.EscapeDataString(handset.Address)}",
                "conversations"))!;
        return (await server.GetAsync($"{Conversations}/{of["conversation_sid"]}").ExpectAsync(200)).Body!;
    }

    private async Task<JsonArray> ListAsync(string path, string key) =>
        (await server.GetAsync(path).ExpectAsync(200)).Body![key]!.AsArray();
}
