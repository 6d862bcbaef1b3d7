using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Conversations;

/// <summary>A message of a conversation reaches its handsets, and receipts show each status.</summary>
public sealed class ConversationDeliveryTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task What_the_application_says_goes_to_every_handset_from_the_sender_that_it_sees()
    {
        var (conversation, ann, bob) = (await server.Api.Conversations.CreateAsync(), Handset.NewAddress(),
            Handset.NewAddress());
        var (first, second) = (await server.Api.Numbers.CreateNewAsync(), await server.Api.Numbers.CreateNewAsync());
        var annSid = (await server.Api.Conversations.JoinAsync(conversation, ann, first).ExpectAsync(201))["sid"];
        await server.Api.Conversations.JoinAsync(conversation, bob, second).ExpectAsync(201);
        await server.PostAsync($"{conversation}/Participants", ("Identity", "clerk")).ExpectAsync(201);

        var message = await server.Api.Conversations.SayAsync(conversation, "Your taxi is here",
            "clerk").ExpectAsync(201);

        Assert.Equal([$"{first}: Your taxi is here"], await server.Api.Messages.SentToAsync(ann));
        Assert.Equal([$"{second}: Your taxi is here"], await server.Api.Messages.SentToAsync(bob));
        var receipts = await ReceiptsAsync(message["url"]!, all => all.Count == 2
            && all.All(receipt => Is(receipt, "delivered")));
        Assert.Equal(
            [
                "sid", "account_sid", "conversation_sid", "message_sid", "channel_message_sid", "participant_sid",
                "status", "error_code", "date_created",
                "date_updated", "url",
            ],
            receipts[0]!.AsObject().Select(member => member.Key));
        Assert.Matches("^DY[0-9a-f]{32}$", receipts[0]!["sid"]!.ToString());
        Assert.Equal((message["sid"], annSid, "0"),
            (receipts[0]!["message_sid"]!.ToString(), receipts[0]!["participant_sid"]!.ToString(),
                receipts[0]!["error_code"]!.ToString()));
        Assert.Equal("delivered",
            (await server.GetAsync(MessagesApi.PathOf(receipts[0]!["channel_message_sid"]!.ToString()))
                .ExpectAsync(200))["status"]);
        Assert.True(JsonNode.DeepEquals(receipts[0],
            (await server.GetAsync(receipts[0]!["url"]!.ToString()).ExpectAsync(200)).Body));
        Field.AssertMember(await server.GetAsync(message["url"]!).ExpectAsync(200), "delivery",
            """{"total": 2, "sent": "all", "delivered": "all", "read": "none", "failed": "none", "undelivered": "none"}""");
    }

    [Fact]
    public async Task It_does_not_go_to_its_author()
    {
        var (conversation, ann, bob, proxy) = (await server.Api.Conversations.CreateAsync(), Handset.NewAddress(),
            Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());
        var annSid = (await server.Api.Conversations.JoinAsync(conversation, ann, proxy).ExpectAsync(201))["sid"];
        await server.Api.Conversations.JoinAsync(conversation, bob, proxy).ExpectAsync(201);

        var message = await server.Api.Conversations.SayAsync(conversation, "As ann", ann).ExpectAsync(201);

        Assert.Equal(annSid, message["participant_sid"]);
        Assert.Empty(await server.Api.Messages.SentToAsync(ann));
        Assert.Equal([$"{proxy}: As ann"], await server.Api.Messages.SentToAsync(bob));
    }

    [Fact]
    public async Task What_one_handset_says_goes_to_the_others()
    {
        var (conversation, ann, bob, eve, proxy) = (await server.Api.Conversations.CreateAsync(), Handset.NewAddress(),
            Handset.NewAddress(), Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());
        foreach (var handset in new[] { ann, bob, eve })
            await server.Api.Conversations.JoinAsync(conversation, handset, proxy).ExpectAsync(201);

        await server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "Hello all"));

        Assert.Equal([$"0 {ann}: Hello all"], await server.Api.Conversations.MessagesAsync(conversation));
        Assert.Equal([$"{proxy}: Hello all"], await server.Api.Messages.SentToAsync(bob));
        Assert.Equal([$"{proxy}: Hello all"], await server.Api.Messages.SentToAsync(eve));
        Assert.Empty(await server.Api.Messages.SentToAsync(ann));
    }

    [Fact]
    public async Task Receipts_tell_why_a_message_did_not_arrive()
    {
        var (conversation, ann, bob, proxy) = (await server.Api.Conversations.CreateAsync(), Handset.NewAddress(),
            Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());
        await server.PostAsync("/emulator/v1/CarrierRules", ("To", ann), ("Outcome", "undelivered"),
            ("ErrorCode", "30003")).ExpectAsync(201);
        await server.Api.Conversations.JoinAsync(conversation, ann, proxy).ExpectAsync(201);
        await server.Api.Conversations.JoinAsync(conversation, bob, proxy).ExpectAsync(201);

        var message = await server.Api.Conversations.SayAsync(conversation, "Hi").ExpectAsync(201);

        // Those of one message have no order.
        var receipts = await ReceiptsAsync(message["url"]!, all => all.Count == 2
            && all.Any(one => Is(one, "undelivered")) && all.Any(one => Is(one, "delivered")));
        Assert.Equal("30003", receipts.Single(one => Is(one, "undelivered"))!["error_code"]!.ToString());
        Field.AssertMember(await server.GetAsync(message["url"]!).ExpectAsync(200), "delivery",
            """{"total": 2, "sent": "all", "delivered": "some", "read": "none", "failed": "none", "undelivered": "some"}""");
    }

    [Fact]
    public async Task From_a_number_that_is_the_accounts_no_longer_nothing_goes()
    {
        var (conversation, ann, number) = (await server.Api.Conversations.CreateAsync(), Handset.NewAddress(),
            NumbersApi.New());
        var sid = await server.Api.Numbers.CreateAsync(number);
        await server.Api.Conversations.JoinAsync(conversation, ann, number).ExpectAsync(201);
        Assert.Equal(204, (await server.DeleteAsync($"{NumbersApi.Root}/{sid}.json")).Status);

        var message = await server.Api.Conversations.SayAsync(conversation, "Hi").ExpectAsync(201);

        var receipt = Assert.Single(await ReceiptsAsync(message["url"]!, all => all.Count == 1));
        Assert.Equal(("failed", "21659", null),
            (receipt!["status"]!.ToString(), receipt["error_code"]!.ToString(), receipt["channel_message_sid"]));
        Assert.Equal("all", message.Body!["delivery"]!["failed"]!.ToString());
        Assert.Empty(await server.Api.Messages.SentToAsync(ann));
    }

    [Fact]
    public async Task Through_a_messaging_service_they_go_with_its_settings()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var (number, ann) = (NumbersApi.New(), Handset.NewAddress());
        var service = await server.Api.Services.CreateWithCallbackAsync(receiver.Url, number);
        var conversation = await server.Api.Conversations.CreateAsync(("MessagingServiceSid", service));
        await server.Api.Conversations.JoinAsync(conversation, ann, number).ExpectAsync(201);

        await server.Api.Conversations.SayAsync(conversation, "Smart — dash").ExpectAsync(201);

        await receiver.UntilAsync(received => received.Any(callback => callback.Status == "delivered"));
        var sent = (await server.GetAsync(MessagesApi.PathOf(receiver.Received.First().MessageSid)).ExpectAsync(200));
        Assert.Equal((service, number, ann, "Smart - dash"),
            (sent["messaging_service_sid"], sent["from"], sent["to"], sent["body"]));
    }

    [Fact]
    public async Task A_message_that_was_removed_has_no_receipt_any_more()
    {
        var (conversation, ann, proxy) = (await server.Api.Conversations.CreateAsync(), Handset.NewAddress(),
            await server.Api.Numbers.CreateNewAsync());
        await server.Api.Conversations.JoinAsync(conversation, ann, proxy).ExpectAsync(201);
        var message = await server.Api.Conversations.SayAsync(conversation, "Hi").ExpectAsync(201);
        var receipt = Assert.Single(await ReceiptsAsync(message["url"]!,
            all => all.Count == 1 && Is(all[0], "delivered")));

        Assert.Equal(204, (await server.DeleteAsync(MessagesApi.PathOf(receipt!["channel_message_sid"]!.ToString())))
            .Status);

        await server.GetAsync(receipt["url"]!.ToString()).ExpectErrorAsync(404, 20404);
        Field.AssertMember(await server.GetAsync(message["url"]!).ExpectAsync(200), "delivery", "null");
    }

    private static bool Is(JsonNode? receipt, string status) => receipt!["status"]!.ToString() == status;

    private Task<JsonArray> ReceiptsAsync(string message, Func<JsonArray, bool> condition) => Eventually.ValueAsync(
        async () =>
            (await server.GetAsync($"{message}/Receipts").ExpectAsync(200)).Body!["delivery_receipts"]!.AsArray(),
        condition,
        receipts => receipts.ToJsonString());
}
