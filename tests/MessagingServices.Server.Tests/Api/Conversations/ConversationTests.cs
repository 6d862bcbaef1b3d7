using MessagingServices.Server.Api.Conversations;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Conversations;

/// <summary>Conversations as a resource: every field, names, states, lists, what is refused.</summary>
public sealed class ConversationTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly Field[] Table =
    [
        new("FriendlyName", new('ż', 256), "friendly_name", $"\"{new string('ż', 256)}\""),
        new("Attributes", """{ "topic": "feedback" }""", "attributes", "\"{ \\\"topic\\\": \\\"feedback\\\" }\""),
        new("State", "Inactive", "state", "\"inactive\""),
    ];

    private static int lastName;

    public static TheoryData<Field> Fields => [.. Table];

    [Fact]
    public void Every_parameter_is_in_the_table()
    {
        Field.AssertCovers(
            typeof(CreateConversationForm), Table, "UniqueName", "MessagingServiceSid", "DateCreated",
            "DateUpdated");
        Field.AssertCovers(
            typeof(UpdateConversationForm), Table, "UniqueName", "MessagingServiceSid", "DateCreated",
            "DateUpdated");
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken(Field field)
    {
        var created = await server.PostAsync(ConversationsApi.Path, (field.Name, field.Sent)).ExpectAsync(201);
        field.AssertShownIn(created);

        var updated = await server.PostAsync(await server.Api.Conversations.CreateAsync(),
            (field.Name, field.Sent)).ExpectAsync(200);
        field.AssertShownIn(updated);
        field.AssertShownIn(await server.GetAsync(updated["url"]!).ExpectAsync(200));
    }

    [Fact]
    public async Task A_conversation_has_twilios_members_and_defaults()
    {
        var conversation = await server.PostAsync(ConversationsApi.Path).ExpectAsync(201);

        Assert.Matches("^CH[0-9a-f]{32}$", conversation["sid"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", conversation["date_created"]);
        var url = $"{server.Url}{ConversationsApi.Path}/{conversation["sid"]}";
        var expected = new Dictionary<string, string>
        {
            ["sid"] = $"\"{conversation["sid"]}\"",
            ["account_sid"] = $"\"{MessagingServer.AccountSid}\"",
            ["chat_service_sid"] = $"\"IS{MessagingServer.AccountSid[2..]}\"",
            ["messaging_service_sid"] = $"\"MG{MessagingServer.AccountSid[2..]}\"",
            ["friendly_name"] = "null",
            ["unique_name"] = "null",
            ["attributes"] = "\"{}\"",
            ["state"] = "\"active\"",
            ["date_created"] = $"\"{conversation["date_created"]}\"",
            ["date_updated"] = $"\"{conversation["date_created"]}\"",
            ["timers"] = "{}",
            ["bindings"] = "{}",
            ["url"] = $"\"{url}\"",
            ["links"] = $$"""
                {"participants": "{{url}}/Participants", "messages": "{{url}}/Messages", "webhooks": "{{url}}/Webhooks", "export": "{{url}}/Export"}
                """,
        };
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal),
            conversation.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.All(expected, member => Field.AssertMember(conversation, member.Key, member.Value));
        Assert.Equal(conversation.Text, (await server.GetAsync(conversation["url"]!).ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task A_unique_name_stands_for_the_sid()
    {
        var (name, other) = (NewName(), NewName());
        var conversation = await server.Api.Conversations.CreateAsync(("UniqueName", name));

        Assert.EndsWith((await server.GetAsync($"{ConversationsApi.Path}/{name}").ExpectAsync(200))["sid"]!,
            conversation, StringComparison.Ordinal);
        await server.PostAsync(ConversationsApi.Path, ("UniqueName", name)).ExpectErrorAsync(409, 50353);
        await server.PostAsync(await server.Api.Conversations.CreateAsync(), ("UniqueName", name)).ExpectErrorAsync(409,
            50353);
        await server.PostAsync($"{ConversationsApi.Path}/{name}/Participants", ("Identity", "ann")).ExpectAsync(201);
        await server.Api.Conversations.SayAsync($"{ConversationsApi.Path}/{name}", "Hi").ExpectAsync(201);
        await server.PostAsync($"{ConversationsApi.Path}/{name}", ("UniqueName", other)).ExpectAsync(200);
        await server.GetAsync($"{ConversationsApi.Path}/{name}").ExpectErrorAsync(404, 20404);

        await server.PostAsync($"{ConversationsApi.Path}/{other}", ("UniqueName", "")).ExpectAsync(200);
        Field.AssertMember(await server.GetAsync(conversation).ExpectAsync(200), "unique_name", "null");
        await server.PostAsync(ConversationsApi.Path, ("UniqueName", $"CH{new string('0', 32)}")).ExpectErrorAsync(400,
            20001);
    }

    [Fact]
    public async Task A_messaging_service_must_be_the_accounts()
    {
        var service = await server.Api.Services.CreateAsync();
        using var other = await server.OtherAccountAsync();
        var foreign = (await other.Api.RequestAsync(HttpMethod.Post, ServicesApi.Path,
            ("FriendlyName", "Other")).ExpectAsync(201))["sid"]!;

        var conversation = await server.PostAsync(ConversationsApi.Path,
            ("MessagingServiceSid", service)).ExpectAsync(201);

        Assert.Equal(service, conversation["messaging_service_sid"]);
        await server.PostAsync(ConversationsApi.Path, ("MessagingServiceSid", foreign)).ExpectErrorAsync(400, 21701);
        await server.PostAsync(conversation["url"]!, ("MessagingServiceSid", foreign)).ExpectErrorAsync(400, 21701);
        await server.PostAsync(ConversationsApi.Path, ("MessagingServiceSid", "MG1")).ExpectErrorAsync(400, 21705);
        Assert.Equal(service, (await server.GetAsync(conversation["url"]!).ExpectAsync(200))["messaging_service_sid"]);
        Field.AssertMember(await server.PostAsync(conversation["url"]!, ("MessagingServiceSid", "")).ExpectAsync(200),
            "messaging_service_sid", $"\"MG{MessagingServer.AccountSid[2..]}\"");
    }

    [Fact]
    public async Task A_closed_conversation_stays_closed()
    {
        var conversation = await server.Api.Conversations.CreateAsync();
        await server.PostAsync(conversation, ("State", "inactive")).ExpectAsync(200);
        await server.PostAsync(conversation, ("State", "active")).ExpectAsync(200);
        await server.PostAsync(conversation, ("State", "closed")).ExpectAsync(200);

        await server.PostAsync(conversation, ("State", "active")).ExpectErrorAsync(400, 20001);
        await server.Api.Conversations.SayAsync(conversation, "Still there?").ExpectErrorAsync(400, 20001);
        await server.PostAsync($"{conversation}/Participants", ("Identity", "ann")).ExpectErrorAsync(400, 20001);
        Assert.Equal("closed", (await server.GetAsync(conversation).ExpectAsync(200))["state"]);
    }

    [Theory]
    [InlineData("FriendlyName", 257)]
    [InlineData("UniqueName", 257)]
    public async Task Names_have_at_most_256_characters(string name, int length) =>
        await server.PostAsync(ConversationsApi.Path, (name, new string('x', length))).ExpectErrorAsync(400, 20001);

    [Theory]
    [InlineData("Attributes", "{")]
    [InlineData("State", "open")]
    [InlineData("State", "")]
    public async Task What_cannot_be_read_is_refused(string name, string value)
    {
        await server.PostAsync(ConversationsApi.Path, (name, value)).ExpectErrorAsync(400, 20001);
        await server.PostAsync(await server.Api.Conversations.CreateAsync(), (name, value)).ExpectErrorAsync(400,
            20001);
    }

    [Fact]
    public async Task A_deleted_conversation_is_gone_with_what_was_in_it()
    {
        var conversation = await server.Api.Conversations.CreateAsync();
        await server.PostAsync($"{conversation}/Participants", ("Identity", "ann")).ExpectAsync(201);
        await server.Api.Conversations.SayAsync(conversation, "Hi").ExpectAsync(201);

        Assert.Equal(204, (await server.DeleteAsync(conversation)).Status);

        await server.GetAsync(conversation).ExpectErrorAsync(404, 20404);
        await server.DeleteAsync(conversation).ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{conversation}/Messages").ExpectErrorAsync(404, 50350);
        await server.GetAsync($"{conversation}/Participants").ExpectErrorAsync(404, 50350);
        await server.PostAsync(conversation, ("FriendlyName", "x")).ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task Other_accounts_do_not_see_it()
    {
        var conversation = await server.Api.Conversations.CreateAsync(("UniqueName", NewName()));
        var participant = (await server.PostAsync($"{conversation}/Participants",
            ("Identity", "ann")).ExpectAsync(201))["url"]!;
        var message = (await server.Api.Conversations.SayAsync(conversation, "Hi").ExpectAsync(201))["url"]!;
        using var other = await server.OtherAccountAsync();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete })
        {
            Assert.Equal(404, (await other.Api.RequestAsync(method, conversation)).Status);
            Assert.Equal(404, (await other.Api.RequestAsync(method, participant)).Status);
            Assert.Equal(404, (await other.Api.RequestAsync(method, message)).Status);
        }

        await other.Api.RequestAsync(HttpMethod.Get, $"{message}/Receipts").ExpectErrorAsync(404, 50350);
        await other.Api.RequestAsync(HttpMethod.Post, $"{conversation}/Messages", ("Body", "Hi")).ExpectErrorAsync(404,
            50350);
        await other.Api.RequestAsync(HttpMethod.Post, $"{conversation}/Participants",
            ("Identity", "eve")).ExpectErrorAsync(404, 50350);
        Assert.Empty((await other.Api.RequestAsync(HttpMethod.Get,
            ConversationsApi.Path).ExpectAsync(200)).Body!["conversations"]!.AsArray());
        Assert.Equal(["0 system: Hi"], await server.Api.Conversations.MessagesAsync(conversation));
    }

    private static string NewName() => $"name-{Interlocked.Increment(ref lastName)}-ż";

    [Theory]
    [InlineData("DateCreated", "yesterday")]
    [InlineData("DateUpdated", "2030-01-31")]
    public async Task A_date_that_is_none_is_refused(string name, string value)
    {
        var conversation = await server.Api.Conversations.CreateAsync();
        foreach (var path in (string[])[ConversationsApi.Path, conversation, $"{conversation}/Messages",
            $"{conversation}/Participants"])
            await server.PostAsync(path, ("Body", "x"), ("Identity", "x"), (name, value)).ExpectErrorAsync(400, 20001);
        await server.PostAsync(ConversationsApi.Path, (name, "2030-01-31T10:30:00Z")).ExpectAsync(201);
    }
}
