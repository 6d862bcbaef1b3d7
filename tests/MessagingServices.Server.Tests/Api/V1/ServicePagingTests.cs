using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>The paging of v1 lists, tried on Messaging ServicesApi.Path.</summary>
public sealed class ServicePagingTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task Pages_followed_by_their_links_hold_every_service_once_newest_first()
    {
        var created = new List<string>();
        for (var i = 0; i < 7; i++) created.Add(await server.Api.Services.CreateAsync($"Page {i}"));
        created.Reverse();

        var pages = new List<JsonNode>();
        for (var url = $"{ServicesApi.Path}?PageSize=3"; url
            is not null; url = pages[^1]["meta"]!["next_page_url"]?.ToString())
            pages.Add((await server.GetAsync(url).ExpectAsync(200)).Body!);

        Assert.Equal([3, 3, 1], pages.Select(page => page["services"]!.AsArray().Count));
        Assert.Equal(created, pages.SelectMany(Sids));
        Assert.Equal([0, 1, 2], pages.Select(page => page["meta"]!["page"]!.GetValue<int>()));
        Assert.All(pages, page =>
        {
            Assert.Equal(["first_page_url", "key", "next_page_url", "page", "page_size", "previous_page_url", "url"],
                page["meta"]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
            Assert.Equal("services", page["meta"]!["key"]!.ToString());
            Assert.Equal(3, page["meta"]!["page_size"]!.GetValue<int>());
            Assert.Equal($"{server.Url}/v1/Services?PageSize=3&Page=0", page["meta"]!["first_page_url"]!.ToString());
        });
        Assert.Null(pages[0]["meta"]!["previous_page_url"]);

        var back = (await server.GetAsync(pages[2]["meta"]!["previous_page_url"]!.ToString()).ExpectAsync(200)).Body!;
        Assert.Equal(Sids(pages[1]), Sids(back));
        back = (await server.GetAsync(back["meta"]!["previous_page_url"]!.ToString()).ExpectAsync(200)).Body!;
        Assert.Equal(Sids(pages[0]), Sids(back));
        Assert.Null(back["meta"]!["previous_page_url"]);
        Assert.Equal(Sids(pages[1]),
            Sids((await server.GetAsync(pages[1]["meta"]!["url"]!.ToString()).ExpectAsync(200)).Body!));
    }

    [Theory]
    [InlineData("PageSize=0", 20001)]
    [InlineData("PageSize=-1", 20001)]
    [InlineData("PageSize=", 20001)]
    [InlineData("PageSize=many", 20001)]
    [InlineData("Page=-1", 20001)]
    [InlineData("PageToken=nonsense", 21481)]
    [InlineData("PageToken=PAMG00000000000000000000000000000000", 21481)]
    public async Task Bad_paging_is_refused(string query, int code) =>
        await server.GetAsync($"{ServicesApi.Path}?{query}").ExpectErrorAsync(400, code);

    [Theory]
    [InlineData("", 50)]
    [InlineData("?PageSize=1000", 1000)]
    [InlineData("?PageSize=100000", 1000)]
    public async Task Page_sizes_end_at_a_thousand(string query, int size) =>
        Assert.Equal(size, (await server.GetAsync(ServicesApi.Path + query).ExpectAsync(200))
            .Body!["meta"]!["page_size"]!.GetValue<int>());

    private static IEnumerable<string> Sids(JsonNode page) =>
        page["services"]!.AsArray().Select(service => service!["sid"]!.ToString());
}
