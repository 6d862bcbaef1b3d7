using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2010;

/// <summary>Lists of phone numbers: filters, types, area codes, paging.</summary>
public sealed class PhoneNumberListTests(PhoneNumberListTests.Stock server) : IClassFixture<PhoneNumberListTests.Stock>
{
    private static readonly string[] All =
        ["+14155550110", "+14165550111", "+447400123112", "+18005550113", "+442079460114"];

    [Theory]
    [InlineData("", "+442079460114 +18005550113 +447400123112 +14165550111 +14155550110")]
    [InlineData("PhoneNumber=%2B14155550110", "+14155550110")]
    [InlineData("PhoneNumber=+14155550110", "+14155550110")]
    [InlineData("PhoneNumber=555", "+18005550113 +14165550111 +14155550110")]
    [InlineData("PhoneNumber=%2B44", "+442079460114 +447400123112")]
    [InlineData("PhoneNumber=%2B555", "")]
    [InlineData("PhoneNumber=14*5550", "")]
    [InlineData("PhoneNumber=14**5550", "+14165550111 +14155550110")]
    [InlineData("PhoneNumber=4*5555011*", "+14155550110")]
    [InlineData("PhoneNumber=(415)%20555-0110", "+14155550110")]
    [InlineData("PhoneNumber=%25", "")]
    [InlineData("PhoneNumber=abc", "")]
    [InlineData("FriendlyName=London", "+442079460114")]
    [InlineData("FriendlyName=london", "")]
    [InlineData("FriendlyName=Lond", "")]
    [InlineData("FriendlyName=London&PhoneNumber=1415", "")]
    [InlineData("Beta=false&PhoneNumber=1415", "+14155550110")]
    [InlineData("Beta=true&PhoneNumber=1415", "+14155550110")]
    [InlineData("Origin=twilio&PhoneNumber=1415", "+14155550110")]
    [InlineData("Origin=hosted", "")]
    public async Task Filters_narrow_the_list(string query, string expected)
    {
        var page = (await server.GetAsync($"{NumbersApi.Path}?{query}").ExpectAsync(200)).Body!;

        Assert.Equal(expected, string.Join(' ', NumbersOf(page)));
    }

    [Theory]
    [InlineData("Beta=perhaps")]
    [InlineData("Beta=")]
    [InlineData("Origin=elsewhere")]
    public async Task Unreadable_filters_are_refused(string query) =>
        await server.GetAsync($"{NumbersApi.Path}?{query}").ExpectErrorAsync(400, 20001);

    [Theory]
    [InlineData("Local", "+442079460114 +14165550111 +14155550110")]
    [InlineData("Mobile", "+447400123112")]
    [InlineData("TollFree", "+18005550113")]
    [InlineData("Local.json?PhoneNumber=1416&x=", "+14165550111")]
    public async Task Numbers_are_listed_by_type_without_naming_it(string type, string expected)
    {
        var page =
            (await server.GetAsync(
                $"{NumbersApi.Root}/{(type.Contains('.', StringComparison.Ordinal) ? type : type + ".json")}")
                .ExpectAsync(200)).Body!;

        Assert.Equal(expected, string.Join(' ', NumbersOf(page)));
        Assert.All(page["incoming_phone_numbers"]!.AsArray(),
            number => Assert.False(number!.AsObject().ContainsKey("type")));
    }

    [Theory]
    [InlineData("+14155550110", "local")]
    [InlineData("+447400123112", "mobile")]
    [InlineData("+18005550113", "toll-free")]
    public async Task The_whole_list_names_the_type(string number, string type)
    {
        var page = (await server.GetAsync($"{NumbersApi.Path}?PhoneNumber=%2B{number[1..]}").ExpectAsync(200)).Body!;

        Assert.Equal(type, page["incoming_phone_numbers"]![0]!["type"]!.ToString());
    }

    [Theory]
    [InlineData("Local", "+14155550120", "+18005550120")]
    [InlineData("Local", "+442079460120", "+447400123120")]
    [InlineData("Mobile", "+447700900120", "+18005550121")]
    [InlineData("Mobile", "+447400123120", "+18005550121")]
    [InlineData("TollFree", "+18885550120", "+14155550122")]
    public async Task A_type_provisions_its_own_numbers_only(string type, string its, string another)
    {
        var created = await server.PostAsync($"{NumbersApi.Root}/{type}.json", ("PhoneNumber", its)).ExpectAsync(201);
        await server.PostAsync($"{NumbersApi.Root}/{type}.json", ("PhoneNumber", another)).ExpectErrorAsync(400, 21422);
        Assert.Equal([its], NumbersOf((await server.GetAsync($"{NumbersApi.Root}/{type}.json?PhoneNumber={its[1..]}")
            .ExpectAsync(200)).Body!));
        await server.DeleteAsync($"{NumbersApi.Root}/{created["sid"]}.json").ExpectAsync(204);

        Assert.Equal((its, false), (created["phone_number"], created.Body!.AsObject().ContainsKey("type")));
    }

    [Fact]
    public async Task Pages_followed_by_their_links_hold_every_number_once()
    {
        var pages = new List<JsonNode>();
        for (var uri = $"{NumbersApi.Path}?PageSize=2&PhoneNumber=*"; uri
            is not null; uri = pages[^1]["next_page_uri"]?.ToString())
            pages.Add((await server.GetAsync(uri).ExpectAsync(200)).Body!);

        Assert.Equal(All.Reverse(), pages.SelectMany(NumbersOf));
        Assert.Equal([(0, 0, 1), (1, 2, 3), (2, 4, 4)],
            pages.Select(page => (page["page"]!.GetValue<int>(), page["start"]!.GetValue<int>(),
                page["end"]!.GetValue<int>())));
        Assert.Equal($"{NumbersApi.Path}?PhoneNumber=%2A&PageSize=2&Page=0", pages[2]["first_page_uri"]!.ToString());
        var back = (await server.GetAsync(pages[2]["previous_page_uri"]!.ToString()).ExpectAsync(200)).Body!;
        Assert.Equal(NumbersOf(pages[1]), NumbersOf(back));
        Assert.Null(pages[0]["previous_page_uri"]);
    }

    [Theory]
    [InlineData("PageSize=0", 20001)]
    [InlineData("PageSize=x", 20001)]
    [InlineData("PageToken=nonsense", 21481)]
    public async Task Bad_paging_is_refused(string query, int code) =>
        await server.GetAsync($"{NumbersApi.Path}?{query}").ExpectErrorAsync(400, code);

    [Fact]
    public async Task Page_sizes_end_at_a_thousand() =>
        Assert.Equal("1000", (await server.GetAsync($"{NumbersApi.Path}?PageSize=100000")
            .ExpectAsync(200))["page_size"]);

    private static IEnumerable<string> NumbersOf(JsonNode page) =>
        page["incoming_phone_numbers"]!.AsArray().Select(number => number!["phone_number"]!.ToString());

    /// <summary>A server with some numbers.</summary>
    public sealed class Stock(PostgresServer postgres) : MessagingServer(postgres)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            foreach (var number in All[..^1]) await this.Api.Numbers.CreateAsync(number);
            await PostAsync(NumbersApi.Path, ("PhoneNumber", All[^1]), ("FriendlyName", "London")).ExpectAsync(201);
        }
    }
}
