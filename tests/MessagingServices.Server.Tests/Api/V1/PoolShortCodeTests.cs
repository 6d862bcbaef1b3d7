using MessagingServices.Server.Api.V1;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>The short codes of a sender pool: add, list, fetch, remove, and what is refused.</summary>
public sealed class PoolShortCodeTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string UnknownService = ServicesApi.Path + "/MG00000000000000000000000000000000/ShortCodes";
    private const string UnknownShortCode = "SC00000000000000000000000000000000";

    [Fact]
    public void The_only_parameter_is_tried() =>
        Field.AssertCovers(typeof(AddPoolShortCodeForm), [], triedElsewhere: "ShortCodeSid");

    [Fact]
    public async Task A_short_code_joins_the_pool_with_twilios_members()
    {
        var (service, code) = (await server.Api.Services.CreateAsync(), ShortCodesApi.New());
        var sid = await server.Api.ShortCodes.CreateAsync(code, "GB");

        var added = await server.Api.Services.AddShortCodeAsync(service, sid).ExpectAsync(201);

        Assert.Equal(["account_sid", "capabilities", "country_code", "date_created", "date_updated", "service_sid",
            "short_code", "sid", "url"],
            added.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal((sid, MessagingServer.AccountSid, service, code, "GB", "SMS"),
            (added["sid"], added["account_sid"], added["service_sid"],
            added["short_code"], added["country_code"],
            Assert.Single(added.Body["capabilities"]!.AsArray())!.ToString()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", added["date_created"]);
        Assert.Equal(added["date_created"], added["date_updated"]);
        Assert.Equal($"{server.Url}{ServicesApi.Path}/{service}/ShortCodes/{sid}", added["url"]);
        Assert.Equal(added.Text, (await server.GetAsync(added["url"]!).ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task A_removed_short_code_leaves_the_pool_and_stays_the_accounts()
    {
        var (service, sid) = (await server.Api.Services.CreateAsync(), await server.Api.ShortCodes.CreateAsync());
        await server.Api.Services.AddShortCodeAsync(service, sid).ExpectAsync(201);

        await server.DeleteAsync($"{ServicesApi.Path}/{service}/ShortCodes/{sid}").ExpectAsync(204);

        await server.GetAsync($"{ServicesApi.Path}/{service}/ShortCodes/{sid}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync($"{ServicesApi.Path}/{service}/ShortCodes/{sid}").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{ShortCodesApi.Root}/{sid}.json").ExpectAsync(200);
        await server.Api.Services.AddShortCodeAsync(await server.Api.Services.CreateAsync(), sid).ExpectAsync(201);
    }

    [Fact]
    public async Task Pages_hold_every_short_code_of_this_pool_once_latest_first()
    {
        var (service, other) = (await server.Api.Services.CreateAsync(), await server.Api.Services.CreateAsync());
        await server.Api.Services.AddShortCodeAsync(other, await server.Api.ShortCodes.CreateAsync()).ExpectAsync(201);
        await server.Api.Services.AddNumberAsync(service, await server.Api.Numbers.CreateAsync()).ExpectAsync(201);
        var added = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            added.Add(await server.Api.ShortCodes.CreateAsync());
            await server.Api.Services.AddShortCodeAsync(service, added[^1]).ExpectAsync(201);
        }

        added.Reverse();
        var listed = new List<string>();
        for (var url = $"{ServicesApi.Path}/{service}/ShortCodes?PageSize=2"; url is not null;)
        {
            var page = await server.GetAsync(url).ExpectAsync(200);
            Assert.Equal("short_codes", page.Body!["meta"]!["key"]!.ToString());
            listed.AddRange(page.Body["short_codes"]!.AsArray().Select(code => code!["sid"]!.ToString()));
            url = page.Body["meta"]!["next_page_url"]?.ToString();
        }

        Assert.Equal(added, listed);
        await server.GetAsync($"{ServicesApi.Path}/{service}/ShortCodes?PageSize=0").ExpectErrorAsync(400, 20001);
        await server.GetAsync($"{ServicesApi.Path}/{service}/ShortCodes?PageToken=x").ExpectErrorAsync(400, 21481);
    }

    [Fact]
    public async Task A_short_code_is_in_one_pool_at_a_time()
    {
        var (service, other) = (await server.Api.Services.CreateAsync(), await server.Api.Services.CreateAsync());
        var sid = await server.Api.ShortCodes.CreateAsync();
        await server.Api.Services.AddShortCodeAsync(service, sid).ExpectAsync(201);

        await server.Api.Services.AddShortCodeAsync(service, sid).ExpectErrorAsync(409, 21710);
        var elsewhere = await server.Api.Services.AddShortCodeAsync(other, sid).ExpectErrorAsync(409, 21712);
        Assert.Equal("Phone Number or Short Code is associated with another Messaging Service.", elsewhere["message"]);
        await server.GetAsync($"{ServicesApi.Path}/{other}/ShortCodes/{sid}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync($"{ServicesApi.Path}/{other}/ShortCodes/{sid}").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{ServicesApi.Path}/{service}/ShortCodes/{sid}").ExpectAsync(200);
    }

    [Fact]
    public async Task The_short_code_must_be_named()
    {
        var service = await server.Api.Services.CreateAsync();
        foreach (var form in new (string, string)[][] { [], [("ShortCodeSid", "")] })
        {
            var refused = await server.PostAsync($"{ServicesApi.Path}/{service}/ShortCodes", form).ExpectErrorAsync(400,
                20001);
            Assert.Equal("Missing required parameter ShortCodeSid in the post body", refused["message"]);
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("12345")]
    [InlineData("PN00000000000000000000000000000000")]
    [InlineData(UnknownShortCode)]
    public async Task A_malformed_or_unknown_short_code_is_invalid(string sid) =>
        await server.Api.Services.AddShortCodeAsync(await server.Api.Services.CreateAsync(), sid).ExpectErrorAsync(400,
            21421);

    [Theory]
    [InlineData(UnknownService)]
    [InlineData(ServicesApi.Path + "/MGxyz/ShortCodes")]
    public async Task An_unknown_service_has_no_pool(string pool)
    {
        var sid = await server.Api.ShortCodes.CreateAsync();

        await server.PostAsync(pool, ("ShortCodeSid", sid)).ExpectErrorAsync(404, 20404);
        await server.GetAsync(pool).ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{pool}/{sid}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync($"{pool}/{sid}").ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task Another_accounts_short_codes_and_pools_cannot_be_touched()
    {
        using var other = await server.OtherAccountAsync();
        var (service, sid) = (await server.Api.Services.CreateAsync(), await server.Api.ShortCodes.CreateAsync());
        var pool = $"{ServicesApi.Path}/{service}/ShortCodes";
        await server.Api.Services.AddShortCodeAsync(service, sid).ExpectAsync(201);
        var theirs = (await other.Api.RequestAsync(HttpMethod.Post, ServicesApi.Path,
            ("FriendlyName", "Theirs")).ExpectAsync(201))["sid"];

        await other.Api.RequestAsync(HttpMethod.Post, pool, ("ShortCodeSid", sid)).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Get, pool).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Get, $"{pool}/{sid}").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Delete, $"{pool}/{sid}").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Post, $"{ServicesApi.Path}/{theirs}/ShortCodes",
            ("ShortCodeSid", sid)).ExpectErrorAsync(400, 21421);
        await server.GetAsync($"{pool}/{sid}").ExpectAsync(200);
    }
}
