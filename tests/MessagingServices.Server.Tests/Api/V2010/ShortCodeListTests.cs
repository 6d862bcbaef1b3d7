using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>Lists of short codes: filters and paging.</summary>
public sealed class ShortCodeListTests(ShortCodeListTests.Stock server) : IClassFixture<ShortCodeListTests.Stock>
{
    private static readonly (string Code, string Country)[] All =
        [("12345", "US"), ("12345", "CA"), ("123", "GB"), ("99912345", "US"), ("60777", "PL")];

    [Theory]
    [InlineData("", "60777 99912345 123 12345 12345")]
    [InlineData("ShortCode=", "60777 99912345 123 12345 12345")]
    [InlineData("ShortCode=60777", "60777")]
    [InlineData("ShortCode=12345", "99912345 12345 12345")]
    [InlineData("ShortCode=9*12", "99912345")]
    [InlineData("ShortCode=%25", "")]
    [InlineData("ShortCode=abc", "")]
    [InlineData("FriendlyName=Warsaw", "60777")]
    [InlineData("FriendlyName=warsaw", "")]
    [InlineData("FriendlyName=123", "123")]
    [InlineData("FriendlyName=Warsaw&ShortCode=123", "")]
    public async Task Filters_narrow_the_list(string query, string expected) =>
        Assert.Equal(expected,
            string.Join(' ', CodesOf((await server.GetAsync($"{ShortCodesApi.Root}.json?{query}").ExpectAsync(200))
                .Body!)));

    [Fact]
    public async Task Pages_hold_every_short_code_once_newest_first()
    {
        var pages = new List<JsonNode>();
        for (var uri = $"{ShortCodesApi.Root}.json?PageSize=2&ShortCode=*"; uri
            is not null; uri = pages[^1]["next_page_uri"]?.ToString())
            pages.Add((await server.GetAsync(uri).ExpectAsync(200)).Body!);

        Assert.Equal(All.Reverse().Select(row => row.Code), pages.SelectMany(CodesOf));
        Assert.Equal([(0, 0, 1), (1, 2, 3), (2, 4, 4)],
            pages.Select(page => (page["page"]!.GetValue<int>(), page["start"]!.GetValue<int>(),
                page["end"]!.GetValue<int>())));
        Assert.Equal($"{ShortCodesApi.Root}.json?ShortCode=%2A&PageSize=2&Page=0",
            pages[2]["first_page_uri"]!.ToString());
        Assert.Equal(CodesOf(pages[1]),
            CodesOf((await server.GetAsync(pages[2]["previous_page_uri"]!.ToString()).ExpectAsync(200)).Body!));
    }

    [Theory]
    [InlineData("PageSize=0", 20001)]
    [InlineData("PageSize=x", 20001)]
    [InlineData("PageToken=nonsense", 21481)]
    public async Task Bad_paging_is_refused(string query, int code) =>
        await server.GetAsync($"{ShortCodesApi.Root}.json?{query}").ExpectErrorAsync(400, code);

    private static IEnumerable<string> CodesOf(JsonNode page) =>
        page["short_codes"]!.AsArray().Select(code => code!["short_code"]!.ToString());

    /// <summary>A server with some short codes.</summary>
    public sealed class Stock(PostgresServer postgres) : MessagingServer(postgres)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            var sid = "";
            foreach (var (code, country) in All) sid = await this.Api.ShortCodes.CreateAsync(code, country);
            await PostAsync($"{ShortCodesApi.Root}/{sid}.json", ("FriendlyName", "Warsaw")).ExpectAsync(200);
        }
    }
}
