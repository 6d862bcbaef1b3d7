using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>Alphanumeric senders for single countries.</summary>
public sealed class DestinationAlphaSenderTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("FR", "FR")]
    [InlineData("pl", "PL")]
    [InlineData("gG", "GG")]
    [InlineData("", "")]
    public async Task The_country_is_shown_in_capital_letters(string sent, string shown)
    {
        var pool = await NewPoolAsync();

        var made = await AddAsync(pool, "Acme", sent).ExpectAsync(201);

        Assert.Equal(shown, made["iso_country_code"]);
        Assert.Equal(made.Text, (await server.GetAsync(made["url"]!).ExpectAsync(200)).Text);
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("FRA")]
    [InlineData("F")]
    [InlineData("33")]
    [InlineData("France")]
    public async Task Other_than_a_country_is_refused_and_makes_nothing(string country)
    {
        var pool = await NewPoolAsync();

        var refused = await AddAsync(pool, "Acme", country).ExpectErrorAsync(400, 20001);

        Assert.Equal($"IsoCountryCode '{country}' is not the two letters of a country", refused["message"]);
        Assert.Empty(await NamesAsync(pool));
        await server.GetAsync($"{pool}?IsoCountryCode={country}").ExpectErrorAsync(400, 20001);
    }

    [Fact]
    public async Task A_pool_has_one_for_each_country_and_one_for_all_others()
    {
        var pool = await NewPoolAsync();
        await AddAsync(pool, "Acme", "FR").ExpectAsync(201);
        await AddAsync(pool, "Acme", "DE").ExpectAsync(201);
        await AddAsync(pool, "Acme").ExpectAsync(201);

        await AddAsync(pool, "Acme", "fr").ExpectErrorAsync(409, 21710);
        await AddAsync(pool, "Other", "FR").ExpectErrorAsync(412, 21714);
        await AddAsync(pool, "acme", "DE").ExpectErrorAsync(412, 21714);
        await AddAsync(pool, "Acme").ExpectErrorAsync(409, 21710);

        Assert.Equal(["Acme ", "Acme DE", "Acme FR"], await NamesAsync(pool));
    }

    [Theory]
    [InlineData("", "Three PL,Two ,One FR")]
    [InlineData("IsoCountryCode=", "Three PL,Two ,One FR")]
    [InlineData("IsoCountryCode=FR", "One FR")]
    [InlineData("IsoCountryCode=pl", "Three PL")]
    [InlineData("IsoCountryCode=DE", "")]
    public async Task The_list_is_narrowed_to_a_country(string query, string expected)
    {
        var pool = await NewPoolAsync();
        await AddAsync(pool, "One", "FR").ExpectAsync(201);
        await AddAsync(pool, "Two").ExpectAsync(201);
        await AddAsync(pool, "Three", "PL").ExpectAsync(201);

        Assert.Equal(expected, string.Join(',', await NamesAsync($"{pool}?{query}")));
    }

    [Fact]
    public async Task Pages_hold_every_one_once_latest_first()
    {
        string[] countries = ["AT", "BE", "CH", "DE", "ES"];
        var pool = await NewPoolAsync();
        foreach (var country in countries) await AddAsync(pool, "Acme", country).ExpectAsync(201);

        var listed = new List<string>();
        for (var url = $"{pool}?PageSize=2"; url is not null;)
        {
            var page = (await server.GetAsync(url).ExpectAsync(200)).Body!;
            listed.AddRange(page["alpha_senders"]!.AsArray().Select(sender => sender!["iso_country_code"]!.ToString()));
            url = page["meta"]!["next_page_url"]?.ToString();
        }

        Assert.Equal(countries.Reverse(), listed);
        var narrowed = (await server.GetAsync($"{pool}?IsoCountryCode=DE&PageSize=2").ExpectAsync(200)).Body!;
        Assert.Equal($"{server.Url}{pool}?IsoCountryCode=DE&PageSize=2&Page=0",
            narrowed["meta"]!["first_page_url"]!.ToString());
    }

    [Fact]
    public async Task The_old_resource_does_not_know_those_of_single_countries()
    {
        var pool = await NewPoolAsync();
        var old = pool.Replace("Destination", "", StringComparison.Ordinal);
        var sid = (await AddAsync(pool, "Acme", "FR").ExpectAsync(201))["sid"];

        Assert.Empty((await server.GetAsync(old).ExpectAsync(200)).Body!["alpha_senders"]!.AsArray());
        await server.GetAsync($"{old}/{sid}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync($"{old}/{sid}").ExpectErrorAsync(404, 20404);
        Assert.False((await server.PostAsync(old, ("AlphaSender", "Other"),
            ("IsoCountryCode", "DE")).ExpectAsync(201)).Body!.AsObject().ContainsKey("iso_country_code"));
        Assert.Equal(["Other ", "Acme FR"], await NamesAsync(pool));
    }

    [Fact]
    public async Task Of_many_that_add_for_one_country_one_succeeds()
    {
        for (var round = 0; round < 5; round++)
        {
            var pool = await NewPoolAsync();

            var answers = await Task.WhenAll(Enumerable.Range(0,
                8).Select(i => AddAsync(pool, i % 2 == 0 ? "Even" : "Odd", "FR")));

            var winner = Assert.Single(answers, answer => answer.Status == 201)["alpha_sender"];
            Assert.Equal(3, answers.Count(answer => answer.Status == 409 && answer["code"] == "21710"));
            Assert.Equal(4, answers.Count(answer => answer.Status == 412 && answer["code"] == "21714"));
            Assert.Equal([$"{winner} FR"], await NamesAsync(pool));
        }
    }

    private async Task<string> NewPoolAsync() =>
        $"{ServicesApi.Path}/{await server.Api.Services.CreateAsync()}/DestinationAlphaSenders";

    private Task<ApiResponse> AddAsync(string pool, string name, string? country = null) =>
        server.PostAsync(pool,
            country is null ? [("AlphaSender", name)] : [("AlphaSender", name), ("IsoCountryCode", country)]);

    private async Task<List<string>> NamesAsync(string list) =>
    [
        .. (await server.GetAsync(list).ExpectAsync(200)).Body!["alpha_senders"]!.AsArray()
            .Select(sender => $"{sender!["alpha_sender"]} {sender["iso_country_code"]}"),
    ];
}
