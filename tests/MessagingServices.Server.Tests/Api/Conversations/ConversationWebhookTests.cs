using MessagingServices.Server.Api.Conversations;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Conversations;

/// <summary>Webhooks of conversations as a resource: every field, the limit, what is refused.</summary>
public sealed class ConversationWebhookTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Url = "https://example.com/told";

    private static readonly Field[] Table =
    [
        new("Configuration.Url", "https://example.com/b?c=d", "configuration",
            """{"url": "https://example.com/b?c=d", "method": "post", "filters": ["onMessageRemoved"]}"""),
        new("Configuration.Method", "GET", "configuration",
            $$"""{"url": "{{Url}}", "method": "get", "filters": ["onMessageRemoved"]}"""),
        new("Configuration.Filters", "onMessageAdded", "configuration",
            $$"""{"url": "{{Url}}", "method": "post", "filters": ["onMessageAdded"]}"""),
        new("Configuration.ReplayAfter", "7", "configuration",
            $$"""{"url": "{{Url}}", "method": "post", "filters": ["onMessageRemoved"], "replay_after": 7}"""),
    ];

    private static readonly (string Name, string Value)[] Good =
        [("Target", "webhook"), ("Configuration.Url", Url), ("Configuration.Filters", "onMessageRemoved")];

    public static TheoryData<Field> Fields => [.. Table];

    [Fact]
    public void Every_parameter_is_in_the_table()
    {
        Field.AssertCovers(
            typeof(CreateConversationWebhookForm), Table, "Target", "Configuration.Triggers", "Configuration.FlowSid");
        Field.AssertCovers(
            typeof(UpdateConversationWebhookForm), Table, "Configuration.Triggers", "Configuration.FlowSid");
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken(Field field)
    {
        var conversation = await server.Api.Conversations.CreateAsync();
        var created = await server.PostAsync($"{conversation}/Webhooks",
            [.. Good.Where(good => good.Name != field.Name), (field.Name, field.Sent)]).ExpectAsync(201);
        field.AssertShownIn(created);
        field.AssertShownIn(await server.GetAsync(created["url"]!).ExpectAsync(200));

        var url = (await AddAsync(conversation))["url"]!;
        field.AssertShownIn(await server.PostAsync(url, (field.Name, field.Sent)).ExpectAsync(200));
        field.AssertShownIn(await server.GetAsync(url).ExpectAsync(200));
    }

    [Fact]
    public async Task A_webhook_has_twilios_members_is_listed_and_removed()
    {
        var conversation = await server.Api.Conversations.CreateAsync();

        var (first, second) = (await AddAsync(conversation), await AddAsync(conversation));

        Assert.Matches("^WH[0-9a-f]{32}$", first["sid"]);
        Assert.Equal(["account_sid", "configuration", "conversation_sid", "date_created", "date_updated", "sid",
            "target", "url"],
            first.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("webhook", conversation[^34..], $"{server.Url}{conversation}/Webhooks/{first["sid"]}"),
            (first["target"], first["conversation_sid"], first["url"]));
        var page = await server.GetAsync($"{conversation}/Webhooks").ExpectAsync(200);
        Assert.Equal("5", page.Body!["meta"]!["page_size"]!.ToString());
        Assert.Equal([first["sid"]!, second["sid"]!],
            page.Body["webhooks"]!.AsArray().Select(webhook => webhook!["sid"]!.ToString()));
        Assert.Equal(204, (await server.DeleteAsync(first["url"]!)).Status);
        await server.GetAsync(first["url"]!).ExpectErrorAsync(404, 20404);
        await server.PostAsync(first["url"]!, ("Configuration.Method", "get")).ExpectErrorAsync(404, 20404);
        await server.DeleteAsync(first["url"]!).ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task A_conversation_has_at_most_five_however_many_are_added_at_once()
    {
        var conversation = await server.Api.Conversations.CreateAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            server.PostAsync($"{conversation}/Webhooks", Good)));

        Assert.Equal(5, answers.Count(answer => answer.Status == 201));
        Assert.Equal(3, answers.Count(answer => answer.Status == 400 && answer["code"] == "20001"));
    }

    [Theory]
    [InlineData("Target", "studio", 20001)]
    [InlineData("Target", "flex", 20001)]
    [InlineData("Target", "", 20001)]
    [InlineData("Configuration.Url", "", 20001)]
    [InlineData("Configuration.Url", "ftp://example.com", 20001)]
    [InlineData("Configuration.Method", "put", 20001)]
    [InlineData("Configuration.Filters", "onMessageSent", 50365)]
    [InlineData("Configuration.Filters", "", 50370)]
    [InlineData("Configuration.filters", "onMessageAdded", 50370)]
    [InlineData("Configuration.FlowSid", "FW1", 20001)]
    [InlineData("Configuration.ReplayAfter", "-1", 20001)]
    [InlineData("Configuration.ReplayAfter", "soon", 20001)]
    public async Task What_cannot_be_is_refused(string name, string value, int code) => await server.PostAsync(
        $"{await server.Api.Conversations.CreateAsync()}/Webhooks",
        [.. Good.Where(field => !field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)), (name, value)])
        .ExpectErrorAsync(400, code);

    [Fact]
    public async Task A_flow_is_kept_and_shown()
    {
        var created = await server.PostAsync($"{await server.Api.Conversations.CreateAsync()}/Webhooks",
            ("Target", "studio"), ("Configuration.FlowSid", "FW0123456789abcdef0123456789abcdef"),
            ("Configuration.ReplayAfter", "3")).ExpectAsync(201);

        Assert.Equal("studio", created["target"]);
        Field.AssertMember(created, "configuration",
            """{"flow_sid": "FW0123456789abcdef0123456789abcdef", "replay_after": 3}""");
    }

    [Fact]
    public async Task A_trigger_is_called_for_messages_with_its_keywords()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var conversation = await server.Api.Conversations.CreateAsync();
        var trigger = await server.PostAsync($"{conversation}/Webhooks", ("Target", "trigger"),
            ("Configuration.Url", receiver.Url), ("Configuration.Triggers", "help"),
            ("Configuration.Triggers", "agent")).ExpectAsync(201);
        Field.AssertMember(trigger, "configuration",
            $$"""{"url": "{{receiver.Url}}", "method": "post", "triggers": ["help", "agent"]}""");

        foreach (var body in (string[])["Nothing", "HELP me", "An agent, please"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{conversation}/Messages")
            {
                Headers = { { "X-Twilio-Webhook-Enabled", "true" } },
                Content = TestApi.Form(("Body", body)),
            };
            Assert.Equal(201, (int)(await server.Http.SendAsync(request)).StatusCode);
        }

        var told = await Eventually.ValueAsync(
            async () => (await server.GetAsync($"{TestApi.WebhooksPath}?MessageSid={trigger["sid"]}"))
                .Body!["webhooks"]!.AsArray(),
            webhooks => webhooks.Count >= 2, webhooks => $"{webhooks.Count} webhooks were made");
        Assert.Equal(
            ["An agent, please", "HELP me"], told.Select(webhook => webhook!["parameters"]!["Body"]!.ToString()));
    }

    [Theory]
    [InlineData("yes", 400)]
    [InlineData("1", 400)]
    [InlineData("True", 201)]
    [InlineData("false", 201)]
    public async Task The_header_for_webhooks_is_true_or_false(string value, int status)
    {
        var conversation = await server.Api.Conversations.CreateAsync();
        foreach (var (path, name) in ((string, string)[])
            [($"{conversation}/Messages", "Body"), ($"{conversation}/Participants", "Identity"),
                (ConversationsApi.Path, "FriendlyName")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Headers = { { "X-Twilio-Webhook-Enabled", value } }, Content = TestApi.Form((name, "x")),
            };
            Assert.Equal(status, (int)(await server.Http.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task Other_accounts_do_not_see_it()
    {
        var url = (await AddAsync(await server.Api.Conversations.CreateAsync()))["url"]!;
        using var other = await server.OtherAccountAsync();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete })
            await other.Api.RequestAsync(method, url).ExpectErrorAsync(404, 50350);
        await server.GetAsync(url).ExpectAsync(200);
    }

    private Task<ApiResponse> AddAsync(string conversation) =>
        server.PostAsync($"{conversation}/Webhooks", Good).ExpectAsync(201);
}
