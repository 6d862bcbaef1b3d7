using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Conversations;

/// <summary>The webhooks of conversations: their parameters and when they are sent.</summary>
public sealed class ConversationEventTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task A_conversation_that_begins_by_itself_tells_the_webhook_of_its_address()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var (ann, proxy) = (Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());
        await server.PostAsync(ConversationsApi.AddressesPath, ("Type", "sms"), ("Address", proxy),
            ("AutoCreation.Enabled", "true"), ("AutoCreation.Type", "webhook"),
            ("AutoCreation.WebhookUrl", receiver.Url), ("AutoCreation.WebhookFilters", "onMessageAdded"),
            ("AutoCreation.WebhookFilters", "onParticipantAdded"))
            .ExpectAsync(201);

        await server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "Hi"));
        await server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "Anybody?"));

        await receiver.UntilAsync(received => received.Count == 3);
        var conversation = Assert.Single(await server.Api.Conversations.OfAsync(ann));
        var message = (await server.GetAsync($"{conversation}/Messages")).Body!["messages"]![0]!;
        Assert.Equal(["onParticipantAdded", "onMessageAdded", "onMessageAdded"],
            receiver.Received.Select(told => told.Parameters["EventType"]));
        Assert.Equal(["0", "1"], receiver.Received.Skip(1).Select(told => told.Parameters["Index"]));
        var joined = receiver.Received.First().Parameters;
        Assert.Equal((ann, proxy), (joined["MessagingBinding.Address"], joined["MessagingBinding.ProxyAddress"]));
        var added = receiver.Received.ElementAt(1).Parameters;
        Assert.Equal(
            new SortedDictionary<string, string>
            {
                ["EventType"] = "onMessageAdded",
                ["AccountSid"] = MessagingServer.AccountSid,
                ["ChatServiceSid"] = $"IS{MessagingServer.AccountSid[2..]}",
                ["ConversationSid"] = conversation[^34..],
                ["Source"] = "SMS",
                ["MessageSid"] = message["sid"]!.ToString(),
                ["Index"] = "0",
                ["Body"] = "Hi",
                ["Author"] = ann,
                ["ParticipantSid"] = message["participant_sid"]!.ToString(),
                ["Attributes"] = "{}",
                ["DateCreated"] = added["DateCreated"],
            },
            new SortedDictionary<string, string>(added.ToDictionary()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", added["DateCreated"]);
        Assert.Equal("conversation",
            (await server.GetAsync($"/emulator/v1/Webhooks?Url={Uri.EscapeDataString(receiver.Url)}").ExpectAsync(200))
            .Body!["webhooks"]![0]!["kind"]!.ToString());
    }

    [Fact]
    public async Task What_was_told_of_a_conversation_goes_with_it()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var (ann, proxy) = (Handset.NewAddress(), await server.Api.Numbers.CreateNewAsync());
        await server.PostAsync(ConversationsApi.AddressesPath, ("Type", "sms"), ("Address", proxy),
            ("AutoCreation.Enabled", "true"), ("AutoCreation.Type", "webhook"),
            ("AutoCreation.WebhookUrl", receiver.Url),
            ("AutoCreation.WebhookFilters", "onMessageAdded")).ExpectAsync(201);
        await server.ReceiveInConversationAsync(server.Inbound(ann, proxy, "Hi"));
        var told = $"/emulator/v1/Webhooks?Url={Uri.EscapeDataString(receiver.Url)}";
        await Eventually.TrueAsync(
            async () =>
                (await server.GetAsync($"{told}&Outcome=delivered").ExpectAsync(200)).Body!["webhooks"]!.AsArray()
                    .Count > 0,
            () => "The webhook was not delivered.");

        await server.DeleteAsync(Assert.Single(await server.Api.Conversations.OfAsync(ann))).ExpectAsync(204);

        Assert.Empty((await server.GetAsync(told).ExpectAsync(200)).Body!["webhooks"]!.AsArray());
    }

    [Fact]
    public async Task What_the_application_changes_is_told_when_it_says_so()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var conversation = await server.Api.Conversations.CreateAsync();
        string[] events =
        [
            "onParticipantAdded", "onParticipantUpdated", "onMessageAdded", "onMessageUpdated", "onMessageRemoved",
            "onParticipantRemoved",
            "onConversationUpdated", "onConversationStateUpdated", "onConversationRemoved",
        ];
        await server.PostAsync($"{conversation}/Webhooks",
            [("Target", "webhook"), ("Configuration.Url", receiver.Url),
                .. events.Select(told => ("Configuration.Filters", told))]).ExpectAsync(201);
        using var telling = server.Client(MessagingServer.AccountSid, MessagingServer.AuthToken);
        telling.DefaultRequestHeaders.Add("X-Twilio-Webhook-Enabled", "true");

        // Not told.
        await server.Api.Conversations.SayAsync(conversation, "Silent").ExpectAsync(201);
        await server.PostAsync($"{conversation}/Participants", ("Identity", "silent")).ExpectAsync(201);
        await server.PostAsync(conversation, ("FriendlyName", "Silent")).ExpectAsync(200);
        var participant = (await telling.Api.RequestAsync(HttpMethod.Post, $"{conversation}/Participants",
            ("Identity", "ann")).ExpectAsync(201))["url"]!;
        await telling.Api.RequestAsync(HttpMethod.Post, participant, ("Attributes", "[]")).ExpectAsync(200);
        var message = (await telling.Api.RequestAsync(HttpMethod.Post, $"{conversation}/Messages", ("Body", "Hi"),
            ("Author", "ann")).ExpectAsync(201))["url"]!;
        await telling.Api.RequestAsync(HttpMethod.Post, message, ("Body", "Hello")).ExpectAsync(200);
        await telling.Api.RequestAsync(HttpMethod.Delete, message).ExpectAsync(204);
        await telling.Api.RequestAsync(HttpMethod.Delete, participant).ExpectAsync(204);
        await telling.Api.RequestAsync(HttpMethod.Post, conversation, ("State", "closed")).ExpectAsync(200);
        await telling.Api.RequestAsync(HttpMethod.Delete, conversation).ExpectAsync(204);

        await receiver.UntilAsync(received => received.Count == events.Length);
        Assert.Equal(events, receiver.Received.Select(told => told.Parameters["EventType"]));
        Assert.All(receiver.Received, told => Assert.Equal("API", told.Parameters["Source"]));
        Assert.Equal(("active", "closed"),
            (receiver.Received.ElementAt(7).Parameters["StateFrom"],
                receiver.Received.ElementAt(7).Parameters["StateTo"]));
        Assert.Equal(["Hi", "Hello", "Hello"],
            receiver.Received.Skip(2).Take(3).Select(told => told.Parameters["Body"]));
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_told_and_a_dead_endpoint_keeps_nothing_from_another()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var conversation = await server.Api.Conversations.CreateAsync();
        await server.PostAsync($"{conversation}/Webhooks", ("Target", "webhook"),
            ("Configuration.Url", "http://127.0.0.1:1/"), ("Configuration.Filters", "onMessageAdded"))
            .ExpectAsync(201);
        await server.PostAsync($"{conversation}/Webhooks", ("Target", "webhook"), ("Configuration.Url", receiver.Url),
            ("Configuration.Filters", "onMessageAdded"))
            .ExpectAsync(201);
        using var telling = server.Client(MessagingServer.AccountSid, MessagingServer.AuthToken);
        telling.DefaultRequestHeaders.Add("X-Twilio-Webhook-Enabled", "true");

        await telling.Api.RequestAsync(HttpMethod.Post, $"{conversation}/Participants",
            ("Identity", "ann")).ExpectAsync(201);
        for (var i = 0; i < 5; i++)
            await telling.Api.RequestAsync(HttpMethod.Post, $"{conversation}/Messages",
                ("Body", $"No. {i}")).ExpectAsync(201);

        await receiver.UntilAsync(received => received.Count == 5);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"No. {i}"),
            receiver.Received.Select(told => told.Parameters["Body"]));
    }
}
