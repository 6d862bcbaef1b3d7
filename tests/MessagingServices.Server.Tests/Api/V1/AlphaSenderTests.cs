using MessagingServices.Server.Api.V1;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>
/// What holds for alphanumeric senders whichever resource makes them: AlphaSenders, or DestinationAlphaSenders.
/// </summary>
public sealed class AlphaSenderTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Old = "AlphaSenders";
    private const string New = "DestinationAlphaSenders";

    [Fact]
    public void Every_parameter_is_tried()
    {
        Field.AssertCovers(typeof(CreateAlphaSenderForm), [], triedElsewhere: "AlphaSender");
        Field.AssertCovers(typeof(CreateDestinationAlphaSenderForm), [],
            triedElsewhere: ["AlphaSender", "IsoCountryCode"]);
        Field.AssertCovers(typeof(DestinationAlphaSenderFilter), [], triedElsewhere: "IsoCountryCode");
    }

    [Theory]
    [InlineData(Old, "account_sid alpha_sender capabilities date_created date_updated service_sid sid url")]
    [InlineData(New,
        "account_sid alpha_sender capabilities date_created date_updated iso_country_code service_sid sid url")]
    public async Task One_for_all_countries_has_twilios_members(string resource, string members)
    {
        var service = await server.Api.Services.CreateAsync();

        var made = await server.PostAsync($"{ServicesApi.Path}/{service}/{resource}",
            ("AlphaSender", "Acme & Co-1")).ExpectAsync(201);

        Assert.Equal(members, string.Join(' ',
            made.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)));
        Assert.Matches("^AI[0-9a-f]{32}$", made["sid"]);
        Assert.Equal((MessagingServer.AccountSid, service, "Acme & Co-1", "SMS"),
            (made["account_sid"], made["service_sid"], made["alpha_sender"],
            Assert.Single(made.Body["capabilities"]!.AsArray())!.ToString()));
        if (resource == New) Assert.Equal("", made["iso_country_code"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", made["date_created"]);
        Assert.Equal($"{server.Url}{ServicesApi.Path}/{service}/{resource}/{made["sid"]}", made["url"]);
        Assert.Equal(made.Text, (await server.GetAsync(made["url"]!).ExpectAsync(200)).Text);
    }

    [Theory]
    [InlineData(null, 21708)]
    [InlineData("", 21708)]
    [InlineData("TwelveLetter", 21709)]
    [InlineData("12345", 21709)]
    [InlineData("+123 456", 21709)]
    [InlineData("Acme!", 21709)]
    [InlineData("Ácme", 21709)]
    [InlineData(" Acme", 21709)]
    [InlineData("Acme ", 21709)]
    [InlineData(" ", 21709)]
    public async Task Other_than_a_name_is_refused_and_makes_nothing(string? name, int code)
    {
        var service = await server.Api.Services.CreateAsync();
        foreach (var resource in new[] { Old, New })
        {
            await server.PostAsync($"{ServicesApi.Path}/{service}/{resource}",
                name is null ? [] : [("AlphaSender", name)]).ExpectErrorAsync(400, code);
            Assert.Empty(await SidsAsync(service, resource));
        }
    }

    [Theory]
    [InlineData("A")]
    [InlineData("ElevenChars")]
    [InlineData("a-1 +_&")]
    [InlineData("007Bond")]
    public async Task A_name_has_up_to_eleven_characters_with_a_letter(string name) => Assert.Equal(name,
        (await server.PostAsync($"{ServicesApi.Path}/{await server.Api.Services.CreateAsync()}/{Old}",
            ("AlphaSender", name)).ExpectAsync(201))["alpha_sender"]);

    [Theory]
    [InlineData(Old, Old)]
    [InlineData(Old, New)]
    [InlineData(New, Old)]
    public async Task A_pool_has_one_for_all_countries(string first, string second)
    {
        var service = await server.Api.Services.CreateAsync();
        var made = await server.PostAsync($"{ServicesApi.Path}/{service}/{first}",
            ("AlphaSender", "Acme")).ExpectAsync(201);

        await server.PostAsync($"{ServicesApi.Path}/{service}/{second}", ("AlphaSender", "Acme")).ExpectErrorAsync(409,
            21710);
        var another = await server.PostAsync($"{ServicesApi.Path}/{service}/{second}",
            ("AlphaSender", "Other")).ExpectErrorAsync(412, 21714);

        Assert.Equal("Number Pool size limit reached", another["message"]);
        Assert.Equal([made["sid"]], await SidsAsync(service, New));
        Assert.Equal([made["sid"]], await SidsAsync(service, Old));
        await server.DeleteAsync($"{ServicesApi.Path}/{service}/{second}/{made["sid"]}").ExpectAsync(204);
        await server.PostAsync($"{ServicesApi.Path}/{service}/{second}", ("AlphaSender", "Other")).ExpectAsync(201);
    }

    [Fact]
    public async Task A_name_may_be_in_the_pools_of_many_services_and_accounts()
    {
        using var other = await server.OtherAccountAsync();
        var theirs = (await other.Api.RequestAsync(HttpMethod.Post, ServicesApi.Path,
            ("FriendlyName", "Theirs")).ExpectAsync(201))["sid"];

        await server.PostAsync($"{ServicesApi.Path}/{await server.Api.Services.CreateAsync()}/{Old}",
            ("AlphaSender", "Shared")).ExpectAsync(201);
        await server.PostAsync($"{ServicesApi.Path}/{await server.Api.Services.CreateAsync()}/{Old}",
            ("AlphaSender", "Shared")).ExpectAsync(201);
        await other.Api.RequestAsync(HttpMethod.Post, $"{ServicesApi.Path}/{theirs}/{Old}",
            ("AlphaSender", "Shared")).ExpectAsync(201);
    }

    [Theory]
    [InlineData(Old)]
    [InlineData(New)]
    public async Task A_removed_one_is_gone(string resource)
    {
        var service = await server.Api.Services.CreateAsync();
        var sid = (await server.PostAsync($"{ServicesApi.Path}/{service}/{resource}",
            ("AlphaSender", "Acme")).ExpectAsync(201))["sid"];

        await server.DeleteAsync($"{ServicesApi.Path}/{service}/{resource}/{sid}").ExpectAsync(204);

        await server.GetAsync($"{ServicesApi.Path}/{service}/{resource}/{sid}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync($"{ServicesApi.Path}/{service}/{resource}/{sid}").ExpectErrorAsync(404, 20404);
        Assert.Empty(await SidsAsync(service, New));
        Assert.NotEqual(sid, (await server.PostAsync($"{ServicesApi.Path}/{service}/{resource}",
            ("AlphaSender", "Acme")).ExpectAsync(201))["sid"]);
    }

    [Theory]
    [InlineData("MG00000000000000000000000000000000/AlphaSenders")]
    [InlineData("MG00000000000000000000000000000000/DestinationAlphaSenders")]
    [InlineData("MGxyz/AlphaSenders")]
    [InlineData("MGxyz/DestinationAlphaSenders")]
    public async Task An_unknown_service_has_no_pool(string pool)
    {
        await server.PostAsync($"{ServicesApi.Path}/{pool}", ("AlphaSender", "Acme")).ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{ServicesApi.Path}/{pool}").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{ServicesApi.Path}/{pool}/AI00000000000000000000000000000000").ExpectErrorAsync(404,
            20404);
        await server.DeleteAsync($"{ServicesApi.Path}/{pool}/AI00000000000000000000000000000000").ExpectErrorAsync(404,
            20404);
    }

    [Theory]
    [InlineData(Old)]
    [InlineData(New)]
    public async Task Another_accounts_pools_cannot_be_touched(string resource)
    {
        using var other = await server.OtherAccountAsync();
        var pool = $"{ServicesApi.Path}/{await server.Api.Services.CreateAsync()}/{resource}";
        var sid = (await server.PostAsync(pool, ("AlphaSender", "Acme")).ExpectAsync(201))["sid"];

        await other.Api.RequestAsync(HttpMethod.Post, pool, ("AlphaSender", "Acme")).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Get, pool).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Get, $"{pool}/{sid}").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Delete, $"{pool}/{sid}").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{pool}/{sid}").ExpectAsync(200);
    }

    [Theory]
    [InlineData(Old)]
    [InlineData(New)]
    public async Task Bad_paging_is_refused(string resource)
    {
        var pool = $"{ServicesApi.Path}/{await server.Api.Services.CreateAsync()}/{resource}";

        await server.GetAsync($"{pool}?PageSize=0").ExpectErrorAsync(400, 20001);
        await server.GetAsync($"{pool}?PageToken=x").ExpectErrorAsync(400, 21481);
    }

    private async Task<IEnumerable<string?>> SidsAsync(string service, string resource)
    {
        var page = (await server.GetAsync($"{ServicesApi.Path}/{service}/{resource}").ExpectAsync(200)).Body!;
        Assert.Equal("alpha_senders", page["meta"]!["key"]!.ToString());
        return page["alpha_senders"]!.AsArray().Select(sender => sender!["sid"]?.ToString());
    }
}
