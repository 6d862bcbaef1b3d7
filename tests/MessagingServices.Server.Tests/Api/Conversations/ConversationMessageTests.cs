using MessagingServices.Server.Api.Conversations;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Conversations;

/// <summary>Messages of conversations as a resource: every field, order, pages, what is refused.</summary>
public sealed class ConversationMessageTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly Field[] Table =
    [
        new("Author", "ann", "author", "\"ann\""),
        new("Body", new('ż', 1600), "body", $"\"{new string('ż', 1600)}\""),
        new("Attributes", """{"a": 1}""", "attributes", "\"{\\\"a\\\": 1}\""),
    ];

    public static TheoryData<Field> Fields => [.. Table];

    [Fact]
    public void Every_parameter_is_in_the_table()
    {
        Field.AssertCovers(
            typeof(CreateConversationMessageForm), Table, "ContentSid", "ContentVariables", "DateCreated",
            "DateUpdated");
        Field.AssertCovers(
            typeof(UpdateConversationMessageForm), Table, "DateCreated",
            "DateUpdated");
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken(Field field)
    {
        var conversation = await server.Api.Conversations.CreateAsync();
        var created = await server.PostAsync($"{conversation}/Messages",
            [.. field.Name == "Body" ? [] : new[] { ("Body", "Hi") }, (field.Name, field.Sent)])
            .ExpectAsync(201);
        field.AssertShownIn(created);
        field.AssertShownIn(await server.GetAsync(created["url"]!).ExpectAsync(200));

        var url = (await server.Api.Conversations.SayAsync(conversation, "Before").ExpectAsync(201))["url"]!;
        field.AssertShownIn(await server.PostAsync(url, (field.Name, field.Sent)).ExpectAsync(200));
        field.AssertShownIn(await server.GetAsync(url).ExpectAsync(200));
    }

    [Fact]
    public async Task A_message_has_twilios_members_and_defaults()
    {
        var conversation = await server.Api.Conversations.CreateAsync();
        var ann = (await server.PostAsync($"{conversation}/Participants", ("Identity", "ann")).ExpectAsync(201))["sid"];

        var message = await server.Api.Conversations.SayAsync(conversation, "Hi").ExpectAsync(201);

        Assert.Matches("^IM[0-9a-f]{32}$", message["sid"]);
        var url = $"{server.Url}{conversation}/Messages/{message["sid"]}";
        var expected = new Dictionary<string, string>
        {
            ["sid"] = $"\"{message["sid"]}\"",
            ["account_sid"] = $"\"{MessagingServer.AccountSid}\"",
            ["conversation_sid"] = $"\"{conversation[^34..]}\"",
            ["index"] = "0",
            ["author"] = "\"system\"",
            ["body"] = "\"Hi\"",
            ["media"] = "null",
            ["attributes"] = "\"{}\"",
            ["participant_sid"] = "null",
            ["date_created"] = $"\"{message["date_created"]}\"",
            ["date_updated"] = $"\"{message["date_created"]}\"",
            ["delivery"] = "null",
            ["content_sid"] = "null",
            ["url"] = $"\"{url}\"",
            ["links"] =
                $$"""{"delivery_receipts": "{{url}}/Receipts", "channel_metadata": "{{url}}/ChannelMetadata"}""",
        };
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal),
            message.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.All(expected, member => Field.AssertMember(message, member.Key, member.Value));
        Assert.Equal(message.Text, (await server.GetAsync(message["url"]!).ExpectAsync(200)).Text);
        Assert.Equal(ann, (await server.Api.Conversations.SayAsync(conversation, "Hello",
            "ann").ExpectAsync(201))["participant_sid"]);
    }

    [Fact]
    public async Task Messages_are_listed_in_either_order_and_a_removed_one_leaves_a_gap()
    {
        var conversation = await server.Api.Conversations.CreateAsync();
        var urls = new List<string>();
        for (var i = 0; i < 5; i++)
            urls.Add((await server.Api.Conversations.SayAsync(conversation, $"No. {i}").ExpectAsync(201))["url"]!);
        Assert.Equal(204, (await server.DeleteAsync(urls[1])).Status);
        await server.Api.Conversations.SayAsync(conversation, "No. 5").ExpectAsync(201);

        Assert.Equal(["0", "2", "3", "4", "5"], await PagesAsync(conversation, ""));
        Assert.Equal(["0", "2", "3", "4", "5"], await PagesAsync(conversation, "Order=asc&"));
        Assert.Equal(["5", "4", "3", "2", "0"], await PagesAsync(conversation, "Order=DESC&"));
        await server.GetAsync($"{conversation}/Messages?Order=random").ExpectErrorAsync(400, 20001);
        await server.GetAsync(urls[1]).ExpectErrorAsync(404, 20404);
        await server.DeleteAsync(urls[1]).ExpectErrorAsync(404, 20404);
        await server.PostAsync(urls[1], ("Body", "x")).ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task A_message_says_something()
    {
        var conversation = await server.Api.Conversations.CreateAsync();

        await server.PostAsync($"{conversation}/Messages").ExpectErrorAsync(400, 21619);
        await server.Api.Conversations.SayAsync(conversation, "").ExpectErrorAsync(400, 21619);
        await server.Api.Conversations.SayAsync(conversation, new('x', 1601)).ExpectErrorAsync(400, 21617);
        await server.Api.Conversations.SayAsync(conversation, "Hi", new('x', 257)).ExpectErrorAsync(400, 20001);
        await server.PostAsync($"{conversation}/Messages", ("Body", "Hi"), ("Attributes", "[")).ExpectErrorAsync(400,
            20001);
        await server.PostAsync($"{conversation}/Messages", ("ContentSid", "HX1")).ExpectErrorAsync(400, 21655);
        await server.PostAsync($"{conversation}/Messages",
            ("ContentSid", $"HX{new string('0', 32)}")).ExpectErrorAsync(400, 21655);
        await server.Api.Conversations.SayAsync($"{ConversationsApi.Path}/CH{new string('0', 32)}",
            "Hi").ExpectErrorAsync(404, 50350);
        Assert.Empty(await server.Api.Conversations.MessagesAsync(conversation));
    }

    [Fact]
    public async Task A_content_template_can_say_it()
    {
        var content = (await server.Api.PostJsonAsync("/v1/Content",
            """{"language": "en", "types": {"twilio/text": {"body": "Hello {{1}}"}}}""").ExpectAsync(201))["sid"]!;
        var conversation = await server.Api.Conversations.CreateAsync();

        var message = await server.PostAsync($"{conversation}/Messages", ("ContentSid", content),
            ("ContentVariables", """{"1": "John"}""")).ExpectAsync(201);

        Assert.Equal(("Hello John", content), (message["body"], message["content_sid"]));
    }

    [Fact]
    public async Task Values_of_a_template_follow_the_rules_of_WhatsApp_when_a_participant_is_there()
    {
        var content = (await server.Api.PostJsonAsync("/v1/Content",
            """{"language": "en", "types": {"twilio/text": {"body": "Hello {{1}}"}}}""").ExpectAsync(201))["sid"]!;
        var conversation = await server.Api.Conversations.CreateAsync();
        (string, string)[] message = [("ContentSid", content), ("ContentVariables", """{"1": "a\nb"}""")];
        await server.PostAsync($"{conversation}/Messages", message).ExpectAsync(201);
        var address = $"whatsapp:{NumbersApi.New()}";
        await server.Api.Conversations.JoinAsync(
            conversation, address, await server.Api.ChannelSenders.CreateWhatsAppAsync()).ExpectAsync(201);

        await server.PostAsync($"{conversation}/Messages", message).ExpectErrorAsync(400, 21656);
        await server.PostAsync($"{conversation}/Messages", [("Author", address), .. message]).ExpectAsync(201);
    }

    private async Task<List<string>> PagesAsync(string conversation, string order)
    {
        var indexes = new List<string>();
        for (var next = $"{conversation}/Messages?{order}PageSize=2"; next is not null;)
        {
            var page = await server.GetAsync(next).ExpectAsync(200);
            indexes.AddRange(page.Body!["messages"]!.AsArray().Select(message => message!["index"]!.ToString()));
            next = page.Body["meta"]!["next_page_url"]?.ToString();
        }

        return indexes;
    }
}
