using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Conversations;

/// <summary>Lists of conversations: order, filters, pages, and where the links of pages lead.</summary>
public sealed class ConversationListTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    [Fact]
    public async Task They_are_filtered_by_state_and_by_when_they_were_created()
    {
        var first = await NamedAsync("first");
        await server.PostAsync("/emulator/v1/Clock", ("Advance", "P2D")).ExpectAsync(200);
        var second = await NamedAsync("second");
        var (before, after) = ((await server.GetAsync(first))["date_created"]!,
            (await server.GetAsync(second))["date_created"]!);
        await server.PostAsync(second, ("State", "closed")).ExpectAsync(200);

        Assert.Equal(["second", "first"], await ListAsync(""));
        Assert.Equal(["second"], await ListAsync("?State=closed"));
        Assert.Equal(["first"], await ListAsync("?State=Active"));
        Assert.Empty(await ListAsync("?State=inactive"));
        Assert.Equal(["second"], await ListAsync($"?StartDate={after}"));
        Assert.Equal(["second"], await ListAsync($"?StartDate={after[..10]}"));
        Assert.Equal(["first"], await ListAsync($"?EndDate={before}"));
        Assert.Equal(["first"], await ListAsync($"?EndDate={before[..10]}"));
        Assert.Equal(["second", "first"], await ListAsync($"?StartDate={before}&EndDate={after}"));
        foreach (var bad in new[] { "State=open", "StartDate=yesterday", "EndDate=2026-02-31" })
            await server.GetAsync($"{ConversationsApi.Path}?{bad}").ExpectErrorAsync(400, 20001);
    }

    [Theory]
    [InlineData("/v1/Conversations", null)]
    [InlineData("/conversations/v1/Conversations", null)]
    [InlineData("/v1/Conversations", "conversations.twilio.com")]
    [InlineData("/v1/Conversations", "conversations.dublin.ie1.twilio.com")]
    public async Task Links_lead_back_to_where_the_request_came_to(string path, string? host)
    {
        using var client = server.Client(MessagingServer.AccountSid, MessagingServer.AuthToken);
        if (host is not null) client.DefaultRequestHeaders.Host = host;
        for (var i = 0; i < 3; i++)
            await client.Api.RequestAsync(HttpMethod.Post, path, ("FriendlyName", "paged")).ExpectAsync(201);
        var origin = host is null ? server.Url : $"http://{host}";

        var seen = new List<string>();
        for (var next = $"{path}?PageSize=2"; next is not null;)
        {
            var page = await client.Api.RequestAsync(HttpMethod.Get, next).ExpectAsync(200);
            seen.AddRange(page.Body!["conversations"]!.AsArray()
                .Select(conversation => conversation!["sid"]!.ToString()));
            Assert.All(page.Body["conversations"]!.AsArray(),
                conversation =>
                    Assert.StartsWith($"{origin}{path}/CH", conversation!["url"]!.ToString(),
                        StringComparison.Ordinal));
            var link = page.Body["meta"]!["next_page_url"]?.ToString();
            if (link is not null) Assert.StartsWith($"{origin}{path}?", link, StringComparison.Ordinal);
            next = link?[origin.Length..];
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.True(seen.Count >= 3);
    }

    [Fact]
    public async Task A_page_holds_at_most_100() =>
        Assert.Equal("100", (await server.GetAsync($"{ConversationsApi.Path}?PageSize=1000").ExpectAsync(200))
            .Body!["meta"]!["page_size"]!.ToString());

    private Task<string> NamedAsync(string name) => server.Api.Conversations.CreateAsync(("FriendlyName", name));

    private async Task<string[]> ListAsync(string query) =>
        [.. (await server.GetAsync($"{ConversationsApi.Path}{query}").ExpectAsync(200))
            .Body!["conversations"]!.AsArray()
            .Select(conversation => conversation!["friendly_name"]?.ToString() ?? "")
            .Where(name => name is "first" or "second")];
}
