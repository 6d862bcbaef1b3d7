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
            """{"url": "https://example.com/b?c=d", "method": "post", "filters": []}"""),
        new("Configuration.Method", "GET", "configuration", $$"""{"url": "{{Url}}", "method": "get", "filters": []}"""),
        new("Configuration.Filters", "onMessageAdded", "configuration",
            $$"""{"url": "{{Url}}", "method": "post", "filters": ["onMessageAdded"]}"""),
    ];

    public static TheoryData<Field> Fields => [.. Table];

    [Fact]
    public void Every_parameter_is_in_the_table()
    {
        Field.AssertCovers(typeof(CreateConversationWebhookForm), Table, "Target");
        Field.AssertCovers(typeof(UpdateConversationWebhookForm), Table);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken(Field field)
    {
        var conversation = await server.Api.Conversations.CreateAsync();
        var created = await server.PostAsync($"{conversation}/Webhooks",
            [("Target", "webhook"), .. field.Name == "Configuration.Url" ? [] : new[] { ("Configuration.Url", Url) },
                (field.Name, field.Sent)]).ExpectAsync(201);
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
            server.PostAsync($"{conversation}/Webhooks", ("Target", "webhook"), ("Configuration.Url", Url))));

        Assert.Equal(5, answers.Count(answer => answer.Status == 201));
        Assert.Equal(3, answers.Count(answer => answer.Status == 400 && answer["code"] == "20001"));
    }

    [Theory]
    [InlineData("Target", "studio")]
    [InlineData("Target", "trigger")]
    [InlineData("Target", "")]
    [InlineData("Configuration.Url", "")]
    [InlineData("Configuration.Url", "ftp://example.com")]
    [InlineData("Configuration.Method", "put")]
    [InlineData("Configuration.Filters", "onMessageSent")]
    public async Task What_cannot_be_is_refused(string name, string value)
    {
        (string Name, string Value)[] good = [("Target", "webhook"), ("Configuration.Url", Url)];

        await server.PostAsync($"{await server.Api.Conversations.CreateAsync()}/Webhooks",
            [.. good.Where(field => field.Name != name), (name, value)])
            .ExpectErrorAsync(400, 20001);
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
        server.PostAsync($"{conversation}/Webhooks", ("Target", "webhook"),
            ("Configuration.Url", Url)).ExpectAsync(201);
}
