using MessagingServices.Server.Api.V1;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>The WhatsApp and RCS senders of a sender pool: add, list, fetch, remove, and what is refused.</summary>
public sealed class PoolChannelSenderTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string UnknownService = ServicesApi.Path + "/MG00000000000000000000000000000000/ChannelSenders";
    private const string UnknownSender = "XE00000000000000000000000000000000";

    [Fact]
    public void The_only_parameter_is_tried() =>
        Field.AssertCovers(typeof(AddPoolChannelSenderForm), [], triedElsewhere: "Sid");

    [Theory]
    [InlineData("whatsapp:+14155550150", "WhatsApp", "US")]
    [InlineData("whatsapp:+447700900150", "WhatsApp", "GB")]
    [InlineData("rcs:pool_agent", "RCS", null)]
    public async Task A_sender_joins_the_pool_with_its_type_and_country(string address, string type, string? country)
    {
        var (service, sid) = (await server.Api.Services.CreateAsync(),
            await server.Api.ChannelSenders.CreateAsync(address));

        var added = await server.Api.Services.AddChannelSenderAsync(service, sid).ExpectAsync(201);

        Assert.Equal(["account_sid", "country_code", "date_created", "date_updated", "messaging_service_sid", "sender",
            "sender_type", "sid", "url"],
            added.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal((sid, MessagingServer.AccountSid, service, address, type, country),
            (added["sid"], added["account_sid"],
            added["messaging_service_sid"], added["sender"], added["sender_type"], added["country_code"]));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", added["date_created"]);
        Assert.Equal($"{server.Url}{ServicesApi.Path}/{service}/ChannelSenders/{sid}", added["url"]);
        Assert.Equal(added.Text, (await server.GetAsync(added["url"]!).ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task The_pool_keeps_the_approved_countries_until_the_sender_joins_again()
    {
        var (service, sid) = (await server.Api.Services.CreateAsync(), await server.Api.ChannelSenders.CreateAsync());
        var path = $"{ServicesApi.Path}/{service}/ChannelSenders/{sid}";
        await server.Api.ChannelSenders.ApproveAsync(sid, "GB", "US").ExpectAsync(200);
        Assert.Equal("GB", (await server.Api.Services.AddChannelSenderAsync(service,
            sid).ExpectAsync(201))["country_code"]);

        await server.Api.ChannelSenders.ApproveAsync(sid, "FR").ExpectAsync(200);
        Assert.Equal("GB", (await server.GetAsync(path).ExpectAsync(200))["country_code"]);

        await server.DeleteAsync(path).ExpectAsync(204);
        Assert.Equal("FR", (await server.Api.Services.AddChannelSenderAsync(service,
            sid).ExpectAsync(201))["country_code"]);
        Assert.Equal("FR", (await server.GetAsync(path).ExpectAsync(200))["country_code"]);
    }

    [Fact]
    public async Task A_removed_sender_leaves_the_pool_and_stays_the_accounts()
    {
        var (service, sid) = (await server.Api.Services.CreateAsync(), await server.Api.ChannelSenders.CreateAsync());
        await server.Api.Services.AddChannelSenderAsync(service, sid).ExpectAsync(201);

        await server.DeleteAsync($"{ServicesApi.Path}/{service}/ChannelSenders/{sid}").ExpectAsync(204);

        var gone = await server.GetAsync($"{ServicesApi.Path}/{service}/ChannelSenders/{sid}").ExpectErrorAsync(404,
            20404);
        Assert.Equal($"The requested resource /Services/{service}/ChannelSenders/{sid} was not found", gone["message"]);
        await server.DeleteAsync($"{ServicesApi.Path}/{service}/ChannelSenders/{sid}").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{ChannelSendersApi.Path}/{sid}").ExpectAsync(200);
        await server.Api.Services.AddChannelSenderAsync(await server.Api.Services.CreateAsync(), sid).ExpectAsync(201);
    }

    [Fact]
    public async Task Pages_hold_the_channel_senders_of_this_pool_once_latest_first()
    {
        var (service, other) = (await server.Api.Services.CreateAsync(), await server.Api.Services.CreateAsync());
        await server.Api.Services.AddChannelSenderAsync(other,
            await server.Api.ChannelSenders.CreateAsync()).ExpectAsync(201);
        var number = await server.Api.Numbers.CreateAsync();
        await server.Api.Services.AddNumberAsync(service, number).ExpectAsync(201);
        var added = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            added.Add(await server.Api.ChannelSenders.CreateAsync());
            await server.Api.Services.AddChannelSenderAsync(service, added[^1]).ExpectAsync(201);
        }

        added.Reverse();
        var listed = new List<string>();
        for (var url = $"{ServicesApi.Path}/{service}/ChannelSenders?PageSize=2"; url is not null;)
        {
            var page = await server.GetAsync(url).ExpectAsync(200);
            Assert.Equal("senders", page.Body!["meta"]!["key"]!.ToString());
            listed.AddRange(page.Body["senders"]!.AsArray().Select(sender => sender!["sid"]!.ToString()));
            url = page.Body["meta"]!["next_page_url"]?.ToString();
        }

        Assert.Equal(added, listed);
        await server.GetAsync($"{ServicesApi.Path}/{service}/ChannelSenders?PageToken=x").ExpectErrorAsync(400, 21481);
        await server.GetAsync($"{ServicesApi.Path}/{service}/ChannelSenders/{number}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync($"{ServicesApi.Path}/{service}/ChannelSenders/{number}").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{ServicesApi.Path}/{service}/PhoneNumbers/{added[0]}").ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task A_sender_is_in_one_pool_at_a_time()
    {
        var (service, other) = (await server.Api.Services.CreateAsync(), await server.Api.Services.CreateAsync());
        var sid = await server.Api.ChannelSenders.CreateAsync();
        await server.Api.Services.AddChannelSenderAsync(service, sid).ExpectAsync(201);

        await server.Api.Services.AddChannelSenderAsync(service, sid).ExpectErrorAsync(409, 21710);
        await server.Api.Services.AddChannelSenderAsync(other, sid).ExpectErrorAsync(409, 21712);
        await server.DeleteAsync($"{ServicesApi.Path}/{other}/ChannelSenders/{sid}").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{ServicesApi.Path}/{service}/ChannelSenders/{sid}").ExpectAsync(200);
    }

    [Theory]
    [InlineData("", 400, 20001)]
    [InlineData("nonsense", 400, 20001)]
    [InlineData("PN00000000000000000000000000000000", 400, 20001)]
    [InlineData(UnknownSender, 404, 20404)]
    public async Task The_sender_must_be_named_and_known(string sid, int status, int code)
    {
        var service = await server.Api.Services.CreateAsync();

        await server.Api.Services.AddChannelSenderAsync(service, sid).ExpectErrorAsync(status, code);
        await server.PostAsync($"{ServicesApi.Path}/{service}/ChannelSenders").ExpectErrorAsync(400, 20001);

        Assert.Empty((await server.GetAsync($"{ServicesApi.Path}/{service}/ChannelSenders").ExpectAsync(200))
            .Body!["senders"]!.AsArray());
    }

    [Theory]
    [InlineData(UnknownService)]
    [InlineData(ServicesApi.Path + "/MGxyz/ChannelSenders")]
    public async Task An_unknown_service_has_no_pool(string pool)
    {
        var sid = await server.Api.ChannelSenders.CreateAsync();

        await server.PostAsync(pool, ("Sid", sid)).ExpectErrorAsync(404, 20404);
        await server.GetAsync(pool).ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{pool}/{sid}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync($"{pool}/{sid}").ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task Another_accounts_senders_and_pools_cannot_be_touched()
    {
        using var other = await server.OtherAccountAsync();
        var (service, sid) = (await server.Api.Services.CreateAsync(), await server.Api.ChannelSenders.CreateAsync());
        var pool = $"{ServicesApi.Path}/{service}/ChannelSenders";
        await server.Api.Services.AddChannelSenderAsync(service, sid).ExpectAsync(201);
        var theirs = (await other.Api.RequestAsync(HttpMethod.Post, ServicesApi.Path,
            ("FriendlyName", "Theirs")).ExpectAsync(201))["sid"];

        await other.Api.RequestAsync(HttpMethod.Post, pool, ("Sid", sid)).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Get, pool).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Get, $"{pool}/{sid}").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Delete, $"{pool}/{sid}").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Post, $"{ServicesApi.Path}/{theirs}/ChannelSenders",
            ("Sid", sid)).ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{pool}/{sid}").ExpectAsync(200);
    }
}
