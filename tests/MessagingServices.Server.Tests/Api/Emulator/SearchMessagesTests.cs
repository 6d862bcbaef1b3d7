using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>The search for messages, as a screen uses it.</summary>
public sealed class SearchMessagesTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Path = "/emulator/v1/Messages";

    [Fact]
    public async Task Words_prefixes_and_negations_find_messages_newest_first()
    {
        var from = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(from);
        var to = Handset.NewAddress();
        var first = await SendAsync(from, to, "Your code is 4711, GRÜSSE");
        var second = await SendAsync(from, to, "Your parcel: code 12");

        Assert.Equal([second["sid"]!, first["sid"]!], await SidsAsync($"to:{to} YOUR code"));
        Assert.Equal([first["sid"]!], await SidsAsync($"from:{from} \"CODE IS\" grüsse"));
        Assert.Equal([second["sid"]!], await SidsAsync($"to:{to} -4711 status:delivered direction:outbound-api"));
        Assert.Empty(await SidsAsync($"to:{to} is:media"));
        Assert.Empty(await SidsAsync($"to:{to} error:30003"));
        Assert.Empty(await SidsAsync($"to:{to} status:failed"));
        Assert.Empty(await SidsAsync($"to:{to} status:queued"));
        Assert.Empty(await SidsAsync($"to:{to} before:2020-01-01"));
    }

    [Fact]
    public async Task Response_is_a_page_that_says_how_far_it_came()
    {
        var from = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(from);
        var to = Handset.NewAddress();
        var first = await SendAsync(from, to, "one");
        var second = await SendAsync(from, to, "two");

        var page = await GetAsync($"to:{to}", "&PageSize=1").ExpectAsync(200);

        Assert.Equal(["meta", "searched_until", "complete", "messages"], page.Body.Names());
        Assert.Equal(
            ["page", "page_size", "first_page_url", "previous_page_url", "url", "next_page_url", "key"],
            page.Body!["meta"].Names());
        Assert.Equal("messages", page.Body["meta"]!["key"]!.ToString());
        Assert.Equal((second["sid"], "false"), (Sids(page).Single(), page["complete"]));
        Assert.NotEmpty(page["searched_until"]!);
        Assert.Equal(second.Body.Names(), page.Body["messages"]![0].Names());
        var last = await server.GetAsync(page.Body["meta"]!["next_page_url"]!.ToString()).ExpectAsync(200);
        Assert.Equal((first["sid"], "true"), (Sids(last).Single(), last["complete"]));
        Assert.Null(last["searched_until"]);
        Assert.Null(last.Body!["meta"]!["next_page_url"]);
    }

    [Theory]
    [InlineData("Query=status:lost", 20001)]
    [InlineData("Query=%00", 20001)]
    [InlineData("PageSize=0", 20001)]
    [InlineData("PageToken=PBSM0000000000000000000000000000000111", 21481)]
    [InlineData("PageToken=x", 21481)]
    public Task Bad_parameters_are_refused(string query, int code) =>
        server.GetAsync($"{Path}?{query}").ExpectErrorAsync(400, code);

    [Fact]
    public async Task Too_long_query_is_refused()
    {
        await GetAsync(new('x', MessageQuery.MaxLength)).ExpectAsync(200);
        await GetAsync(new('x', MessageQuery.MaxLength + 1)).ExpectErrorAsync(400, 20001);
        var tooMany = string.Join(' ', Enumerable.Repeat("x", MessageQuery.MaxTerms + 1));
        await GetAsync(tooMany).ExpectErrorAsync(400, 20001);
    }

    [Fact]
    public async Task Another_account_finds_nothing()
    {
        var from = NumbersApi.New();
        await server.Api.Numbers.CreateAsync(from);
        var sid = await server.Api.Messages.SendAsync(("From", from), ("To", Handset.NewAddress()), ("Body", "Hi"));
        using var other = await server.OtherAccountAsync();
        using var anonymous = server.Client();

        Assert.Empty(Sids(await other.Api.GetAsync(Path).ExpectAsync(200)));
        Assert.Empty(Sids(await other.Api.GetAsync($"{Path}?Query=from:{Uri.EscapeDataString(from)}")));
        await other.Api.GetAsync($"{Path}/{sid}/Segments").ExpectErrorAsync(404, 20404);
        await other.Api.PostAsync($"{Path}/{sid}/Read").ExpectErrorAsync(404, 20404);
        await anonymous.Api.GetAsync(Path).ExpectErrorAsync(401, 20003);
    }

    private async Task<ApiResponse> SendAsync(string from, string to, string body) =>
        await server.Api.Messages.UntilAsync(
            await server.Api.Messages.SendAsync(("From", from), ("To", to), ("Body", body)), "delivered");

    private async Task<string[]> SidsAsync(string query) => Sids(await GetAsync(query).ExpectAsync(200));

    private Task<ApiResponse> GetAsync(string query, string more = "") =>
        server.GetAsync($"{Path}?Query={Uri.EscapeDataString(query)}{more}");

    private static string[] Sids(ApiResponse page) =>
        [.. page.Body!["messages"]!.AsArray().Select(message => message!["sid"]!.ToString())];
}
