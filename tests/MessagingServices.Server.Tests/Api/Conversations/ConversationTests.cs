using MessagingServices.Server.Api.Conversations;
using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.ConversationCalls;
using static MessagingServices.Server.Tests.Fixtures.Requests;

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
        Field.AssertCovers(typeof(CreateConversationForm), Table, "UniqueName", "MessagingServiceSid");
        Field.AssertCovers(typeof(UpdateConversationForm), Table, "UniqueName", "MessagingServiceSid");
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken(Field field)
    {
        var created = await server.PostAsync(AllConversations, (field.Name, field.Sent)).ExpectAsync(201);
        field.AssertShownIn(created);

        var updated = await server.PostAsync(await server.NewConversationAsync(), (field.Name, field.Sent)).ExpectAsync(200);
        field.AssertShownIn(updated);
        field.AssertShownIn(await server.GetAsync(updated["url"]!).ExpectAsync(200));
    }

    [Fact]
    public async Task A_conversation_has_twilios_members_and_defaults()
    {
        var conversation = await server.PostAsync(AllConversations).ExpectAsync(201);

        Assert.Matches("^CH[0-9a-f]{32}$", conversation["sid"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", conversation["date_created"]);
        var url = $"{server.Url}{AllConversations}/{conversation["sid"]}";
        var expected = new Dictionary<string, string>
        {
            ["sid"] = $"\"{conversation["sid"]}\"",
            ["account_sid"] = $"\"{MessagingServer.AccountSid}\"",
            ["chat_service_sid"] = $"\"IS{MessagingServer.AccountSid[2..]}\"",
            ["messaging_service_sid"] = "null",
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
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), conversation.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.All(expected, member => Field.AssertMember(conversation, member.Key, member.Value));
        Assert.Equal(conversation.Text, (await server.GetAsync(conversation["url"]!).ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task A_unique_name_stands_for_the_sid()
    {
        var (name, other) = (NewName(), NewName());
        var conversation = await server.NewConversationAsync(("UniqueName", name));

        Assert.EndsWith((await server.GetAsync($"{AllConversations}/{name}").ExpectAsync(200))["sid"]!, conversation, StringComparison.Ordinal);
        await server.PostAsync(AllConversations, ("UniqueName", name)).ExpectErrorAsync(409, 50353);
        await server.PostAsync(await server.NewConversationAsync(), ("UniqueName", name)).ExpectErrorAsync(409, 50353);
        await server.PostAsync($"{AllConversations}/{name}/Participants", ("Identity", "ann")).ExpectAsync(201);
        await server.SayAsync($"{AllConversations}/{name}", "Hi").ExpectAsync(201);
        await server.PostAsync($"{AllConversations}/{name}", ("UniqueName", other)).ExpectAsync(200);
        await server.GetAsync($"{AllConversations}/{name}").ExpectErrorAsync(404, 20404);

        await server.PostAsync($"{AllConversations}/{other}", ("UniqueName", "")).ExpectAsync(200);
        Field.AssertMember(await server.GetAsync(conversation).ExpectAsync(200), "unique_name", "null");
        await server.PostAsync(AllConversations, ("UniqueName", $"CH{new string('0', 32)}")).ExpectErrorAsync(400, 20001);
    }

    [Fact]
    public async Task A_messaging_service_must_be_the_accounts()
    {
        var service = await server.NewServiceAsync();
        using var other = await server.OtherAccountAsync();
        var foreign = (await other.SendAsync(HttpMethod.Post, Services, ("FriendlyName", "Other")).ExpectAsync(201))["sid"]!;

        var conversation = await server.PostAsync(AllConversations, ("MessagingServiceSid", service)).ExpectAsync(201);

        Assert.Equal(service, conversation["messaging_service_sid"]);
        await server.PostAsync(AllConversations, ("MessagingServiceSid", foreign)).ExpectErrorAsync(400, 21701);
        await server.PostAsync(conversation["url"]!, ("MessagingServiceSid", foreign)).ExpectErrorAsync(400, 21701);
        await server.PostAsync(AllConversations, ("MessagingServiceSid", "MG1")).ExpectErrorAsync(400, 21705);
        Assert.Equal(service, (await server.GetAsync(conversation["url"]!).ExpectAsync(200))["messaging_service_sid"]);
        Field.AssertMember(await server.PostAsync(conversation["url"]!, ("MessagingServiceSid", "")).ExpectAsync(200), "messaging_service_sid", "null");
    }

    [Fact]
    public async Task A_closed_conversation_stays_closed()
    {
        var conversation = await server.NewConversationAsync();
        await server.PostAsync(conversation, ("State", "inactive")).ExpectAsync(200);
        await server.PostAsync(conversation, ("State", "active")).ExpectAsync(200);
        await server.PostAsync(conversation, ("State", "closed")).ExpectAsync(200);

        await server.PostAsync(conversation, ("State", "active")).ExpectErrorAsync(400, 20001);
        await server.SayAsync(conversation, "Still there?").ExpectErrorAsync(400, 20001);
        await server.PostAsync($"{conversation}/Participants", ("Identity", "ann")).ExpectErrorAsync(400, 20001);
        Assert.Equal("closed", (await server.GetAsync(conversation).ExpectAsync(200))["state"]);
    }

    [Theory]
    [InlineData("FriendlyName", 257)]
    [InlineData("UniqueName", 257)]
    public async Task Names_have_at_most_256_characters(string name, int length) =>
        await server.PostAsync(AllConversations, (name, new string('x', length))).ExpectErrorAsync(400, 20001);

    [Theory]
    [InlineData("Attributes", "{")]
    [InlineData("State", "open")]
    [InlineData("State", "")]
    public async Task What_cannot_be_read_is_refused(string name, string value)
    {
        await server.PostAsync(AllConversations, (name, value)).ExpectErrorAsync(400, 20001);
        await server.PostAsync(await server.NewConversationAsync(), (name, value)).ExpectErrorAsync(400, 20001);
    }

    [Fact]
    public async Task A_deleted_conversation_is_gone_with_what_was_in_it()
    {
        var conversation = await server.NewConversationAsync();
        await server.PostAsync($"{conversation}/Participants", ("Identity", "ann")).ExpectAsync(201);
        await server.SayAsync(conversation, "Hi").ExpectAsync(201);

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
        var conversation = await server.NewConversationAsync(("UniqueName", NewName()));
        var participant = (await server.PostAsync($"{conversation}/Participants", ("Identity", "ann")).ExpectAsync(201))["url"]!;
        var message = (await server.SayAsync(conversation, "Hi").ExpectAsync(201))["url"]!;
        using var other = await server.OtherAccountAsync();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete })
        {
            Assert.Equal(404, (await other.SendAsync(method, conversation)).Status);
            Assert.Equal(404, (await other.SendAsync(method, participant)).Status);
            Assert.Equal(404, (await other.SendAsync(method, message)).Status);
        }

        await other.SendAsync(HttpMethod.Get, $"{message}/Receipts").ExpectErrorAsync(404, 50350);
        await other.SendAsync(HttpMethod.Post, $"{conversation}/Messages", ("Body", "Hi")).ExpectErrorAsync(404, 50350);
        await other.SendAsync(HttpMethod.Post, $"{conversation}/Participants", ("Identity", "eve")).ExpectErrorAsync(404, 50350);
        Assert.Empty((await other.SendAsync(HttpMethod.Get, AllConversations).ExpectAsync(200)).Body!["conversations"]!.AsArray());
        Assert.Equal(["0 system: Hi"], await server.SaidAsync(conversation));
    }

    private static string NewName() => $"name-{Interlocked.Increment(ref lastName)}-ż";
}
