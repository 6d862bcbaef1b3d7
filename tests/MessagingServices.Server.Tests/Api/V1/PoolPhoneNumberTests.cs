using MessagingServices.Server.Api.V1;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>The phone numbers of a sender pool: add, list, fetch, remove, and what is refused.</summary>
public sealed class PoolPhoneNumberTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string UnknownService = ServicesApi.Path + "/MG00000000000000000000000000000000/PhoneNumbers";
    private const string UnknownNumber = "PN00000000000000000000000000000000";

    [Fact]
    public void The_only_parameter_is_tried() =>
        Field.AssertCovers(typeof(AddPoolPhoneNumberForm), [], triedElsewhere: "PhoneNumberSid");

    [Theory]
    [InlineData("+14155550150", "US", "MMS SMS Voice")]
    [InlineData("+16475550150", "CA", "MMS SMS Voice")]
    [InlineData("+18885550150", "US", "MMS SMS Voice")]
    [InlineData("+447700900150", "GB", "SMS Voice")]
    [InlineData("+4571000050", "DK", "SMS Voice")]
    public async Task A_number_joins_the_pool_with_its_country_and_capabilities(
        string number, string country, string capabilities)
    {
        var service = await server.Api.Services.CreateAsync();
        var sid = await server.Api.Numbers.CreateAsync(number);

        var added = await server.Api.Services.AddNumberAsync(service, sid).ExpectAsync(201);

        Assert.Equal(["account_sid", "capabilities", "country_code", "date_created", "date_updated", "phone_number",
            "service_sid", "sid", "url"],
            added.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal((sid, MessagingServer.AccountSid, service, number, country),
            (added["sid"], added["account_sid"], added["service_sid"], added["phone_number"], added["country_code"]));
        Assert.Equal(capabilities,
            string.Join(' ', added.Body["capabilities"]!.AsArray().Select(name => name!.ToString())));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", added["date_created"]);
        Assert.Equal($"{server.Url}{ServicesApi.Path}/{service}/PhoneNumbers/{sid}", added["url"]);
        Assert.Equal(added.Text, (await server.GetAsync(added["url"]!).ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task A_removed_number_leaves_the_pool_and_stays_the_accounts()
    {
        var service = await server.Api.Services.CreateAsync();
        var sid = await server.Api.Numbers.CreateAsync();
        await server.Api.Services.AddNumberAsync(service, sid).ExpectAsync(201);

        await server.DeleteAsync($"{ServicesApi.Path}/{service}/PhoneNumbers/{sid}").ExpectAsync(204);

        var gone = await server.GetAsync($"{ServicesApi.Path}/{service}/PhoneNumbers/{sid}").ExpectErrorAsync(404,
            20404);
        Assert.Equal($"The requested resource /Services/{service}/PhoneNumbers/{sid} was not found", gone["message"]);
        await server.DeleteAsync($"{ServicesApi.Path}/{service}/PhoneNumbers/{sid}").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{NumbersApi.Root}/{sid}.json").ExpectAsync(200);
        await server.Api.Services.AddNumberAsync(await server.Api.Services.CreateAsync(), sid).ExpectAsync(201);
    }

    [Fact]
    public async Task A_released_number_leaves_the_pool()
    {
        var service = await server.Api.Services.CreateAsync();
        var sid = await server.Api.Numbers.CreateAsync();
        await server.Api.Services.AddNumberAsync(service, sid).ExpectAsync(201);

        await server.DeleteAsync($"{NumbersApi.Root}/{sid}.json").ExpectAsync(204);

        await server.GetAsync($"{ServicesApi.Path}/{service}/PhoneNumbers/{sid}").ExpectErrorAsync(404, 20404);
        Assert.Empty((await server.GetAsync($"{ServicesApi.Path}/{service}/PhoneNumbers").ExpectAsync(200))
            .Body!["phone_numbers"]!.AsArray());
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM pool_senders WHERE sid = '{sid}'"));
    }

    [Fact]
    public async Task Pages_hold_every_number_of_this_pool_once_latest_first()
    {
        var (service, other) = (await server.Api.Services.CreateAsync(), await server.Api.Services.CreateAsync());
        await server.Api.Services.AddNumberAsync(other, await server.Api.Numbers.CreateAsync()).ExpectAsync(201);
        var added = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            added.Add(await server.Api.Numbers.CreateAsync());
            await server.Api.Services.AddNumberAsync(service, added[^1]).ExpectAsync(201);
        }

        added.Reverse();
        var listed = new List<string>();
        for (var url = $"{ServicesApi.Path}/{service}/PhoneNumbers?PageSize=2"; url is not null;)
        {
            var page = await server.GetAsync(url).ExpectAsync(200);
            Assert.Equal("phone_numbers", page.Body!["meta"]!["key"]!.ToString());
            listed.AddRange(page.Body["phone_numbers"]!.AsArray().Select(number => number!["sid"]!.ToString()));
            url = page.Body["meta"]!["next_page_url"]?.ToString();
        }

        Assert.Equal(added, listed);
        await server.GetAsync($"{ServicesApi.Path}/{service}/PhoneNumbers?PageSize=0").ExpectErrorAsync(400, 20001);
        await server.GetAsync($"{ServicesApi.Path}/{service}/PhoneNumbers?PageToken=x").ExpectErrorAsync(400, 21481);
    }

    [Fact]
    public async Task A_number_is_in_one_pool_at_a_time()
    {
        var (service, other) = (await server.Api.Services.CreateAsync(), await server.Api.Services.CreateAsync());
        var sid = await server.Api.Numbers.CreateAsync();
        await server.Api.Services.AddNumberAsync(service, sid).ExpectAsync(201);

        var again = await server.Api.Services.AddNumberAsync(service, sid).ExpectErrorAsync(409, 21710);
        Assert.Equal("Phone Number or Short Code is already in the Messaging Service.", again["message"]);
        var elsewhere = await server.Api.Services.AddNumberAsync(other, sid).ExpectErrorAsync(409, 21712);
        Assert.Equal("Phone Number or Short Code is associated with another Messaging Service.", elsewhere["message"]);
        await server.GetAsync($"{ServicesApi.Path}/{other}/PhoneNumbers/{sid}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync($"{ServicesApi.Path}/{other}/PhoneNumbers/{sid}").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{ServicesApi.Path}/{service}/PhoneNumbers/{sid}").ExpectAsync(200);
    }

    [Fact]
    public async Task The_number_must_be_named()
    {
        var service = await server.Api.Services.CreateAsync();
        foreach (var form in new (string, string)[][] { [], [("PhoneNumberSid", "")] })
        {
            var refused = await server.PostAsync($"{ServicesApi.Path}/{service}/PhoneNumbers",
                form).ExpectErrorAsync(400, 20001);
            Assert.Equal("Missing required parameter PhoneNumberSid in the post body", refused["message"]);
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("+14155550100")]
    [InlineData("SC00000000000000000000000000000000")]
    [InlineData(UnknownNumber)]
    public async Task A_malformed_or_unknown_number_is_invalid(string sid) =>
        await server.Api.Services.AddNumberAsync(await server.Api.Services.CreateAsync(), sid).ExpectErrorAsync(400,
            21421);

    [Fact]
    public async Task A_number_without_sms_and_mms_does_not_serve()
    {
        var (service, sid) = (await server.Api.Services.CreateAsync(), await server.Api.Numbers.CreateAsync());
        await Sql.ScalarAsync(server.ConnectionString,
            $"UPDATE phone_numbers SET capabilities = 4 WHERE sid = '{sid}'");

        await server.Api.Services.AddNumberAsync(service, sid).ExpectErrorAsync(400, 21715);
    }

    [Theory]
    [InlineData(UnknownService)]
    [InlineData(ServicesApi.Path + "/MGxyz/PhoneNumbers")]
    public async Task An_unknown_service_has_no_pool(string pool)
    {
        var sid = await server.Api.Numbers.CreateAsync();

        await server.PostAsync(pool, ("PhoneNumberSid", sid)).ExpectErrorAsync(404, 20404);
        await server.GetAsync(pool).ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{pool}/{sid}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync($"{pool}/{sid}").ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task Another_accounts_numbers_and_pools_cannot_be_touched()
    {
        using var other = await server.OtherAccountAsync();
        var (service, sid) = (await server.Api.Services.CreateAsync(), await server.Api.Numbers.CreateAsync());
        var pool = $"{ServicesApi.Path}/{service}/PhoneNumbers";
        await server.Api.Services.AddNumberAsync(service, sid).ExpectAsync(201);
        var theirs = (await other.Api.RequestAsync(HttpMethod.Post, ServicesApi.Path,
            ("FriendlyName", "Theirs")).ExpectAsync(201))["sid"];

        await other.Api.RequestAsync(HttpMethod.Post, pool, ("PhoneNumberSid", sid)).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Get, pool).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Get, $"{pool}/{sid}").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Delete, $"{pool}/{sid}").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Post, $"{ServicesApi.Path}/{theirs}/PhoneNumbers",
            ("PhoneNumberSid", sid)).ExpectErrorAsync(400, 21421);
        await server.GetAsync($"{pool}/{sid}").ExpectAsync(200);
    }
}
