using System.Globalization;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Carrier;

/// <summary>Carrier rules decide how messages end, and applications are told.</summary>
public sealed class CarrierRuleOutcomesTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Rules = "/emulator/v1/CarrierRules";
    private const string Rcs = "rcs:brand_agent";
    private const string WhatsApp = "whatsapp:+14155550140";
    private const string Number = "+14155550141";

    [Theory]
    [InlineData("delivered", null, "sent delivered", null)]
    [InlineData("undelivered", null, "sent undelivered", 30008)]
    [InlineData("undelivered", 30003, "sent undelivered", 30003)]
    [InlineData("failed", null, "failed", 30008)]
    [InlineData("failed", 30007, "failed", 30007)]
    [InlineData("read", null, "sent delivered", null)]
    public async Task A_message_ends_as_the_rule_says(string outcome, int? errorCode, string told, int? shown)
    {
        var to = NumbersApi.New();
        await RuleAsync([("To", to), ("Outcome", outcome),
            .. errorCode is null ? [] : new[] { ("ErrorCode", $"{errorCode}") }]);

        await AssertToldAsync(to, await SenderAsync(Number), told, shown);
    }

    [Theory]
    [InlineData(WhatsApp, "whatsapp:")]
    [InlineData(Rcs, "rcs:")]
    [InlineData(Rcs, "")]
    public async Task A_message_on_whatsapp_or_rcs_is_read(string from, string prefix)
    {
        var to = NumbersApi.New();
        await RuleAsync(("To", to), ("Outcome", "read"));

        await AssertToldAsync(prefix + to, await SenderAsync(from), "sent delivered read", null);
    }

    [Theory]
    [InlineData("SupportsWhatsApp", WhatsApp, "whatsapp:", 63024)]
    [InlineData("SupportsRcs", Rcs, "rcs:", 63036)]
    [InlineData("SupportsRcs", Rcs, "", 63036)]
    [InlineData("SupportsMms", Number, "", 30011)]
    public async Task What_the_handset_cannot_take_is_undelivered(
        string ability, string from, string prefix, int errorCode)
    {
        await using var media = await MediaServer.StartAsync();
        var to = NumbersApi.New();
        await RuleAsync(("To", to), (ability, "false"));
        await RuleAsync(("To", to), ("Outcome", "delivered"));

        await AssertToldAsync(
            prefix + to, await SenderAsync(from), "sent undelivered", errorCode, ("MediaUrl", media.PictureUrl));
    }

    [Fact]
    public async Task A_message_without_a_report_stays_sent()
    {
        var to = NumbersApi.New();
        await RuleAsync(("To", to), ("Outcome", "sent"));
        var sid = await SendAsync(to, await SenderAsync(Number));

        await server.Api.Messages.UntilAsync(sid, "sent");

        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM carrier_deliveries WHERE message_sid = '{sid}'"));
        Assert.Equal("sent", (await server.GetAsync(MessagesApi.PathOf(sid)))["status"]);
    }

    [Fact]
    public async Task A_message_through_a_messaging_service_goes_by_the_sender_that_was_selected()
    {
        var service = await server.Api.Services.CreateAsync();
        var number = NumbersApi.New();
        await server.Api.Services.AddNumberAsync(service,
            await server.Api.Numbers.CreateAsync(number)).ExpectAsync(201);
        await RuleAsync(("From", number), ("BodyContains", "Sale"), ("Outcome", "failed"));

        var sale = await server.Api.Messages.SendAsync(("To", "+14155550100"), ("MessagingServiceSid", service),
            ("Body", "Summer Sale!"));
        var other = await server.Api.Messages.SendAsync(("To", "+14155550100"), ("MessagingServiceSid", service),
            ("Body", "On sale"));

        await server.Api.Messages.UntilAsync(sale, "failed");
        await server.Api.Messages.UntilAsync(other, "delivered");
    }

    [Fact]
    public async Task The_newest_rule_decides_and_deleting_it_brings_the_older_back()
    {
        var to = NumbersApi.New();
        await RuleAsync(("To", to), ("Outcome", "failed"));
        var newer = await RuleAsync(("To", "+1415*"), ("BodyContains", to), ("Outcome", "undelivered"));
        var from = await SenderAsync(Number);

        await server.Api.Messages.UntilAsync(await SendAsync(to, from, ("Body", to)), "undelivered");
        await server.DeleteAsync($"{Rules}/{newer}").ExpectAsync(204);
        await server.Api.Messages.UntilAsync(await SendAsync(to, from, ("Body", to)), "failed");
    }

    [Fact]
    public async Task A_rule_with_times_applies_to_so_many_messages_and_tells_how_many()
    {
        var to = NumbersApi.New();
        var older = await RuleAsync(("To", to), ("Outcome", "undelivered"));
        var newer = await RuleAsync(("To", to), ("Outcome", "failed"), ("Times", "2"));
        var from = await SenderAsync(Number);

        foreach (var end in new[] { "failed", "failed", "undelivered", "undelivered", "undelivered" })
            await server.Api.Messages.UntilAsync(await SendAsync(to, from), end);

        Assert.Equal((null, "2"), (await UsedAsync(older), await UsedAsync(newer)));
    }

    [Fact]
    public async Task Another_accounts_rules_never_apply()
    {
        using var other = await server.OtherAccountAsync();
        var theirs = await other.Api.RequestAsync(HttpMethod.Post, Rules, ("Outcome", "failed"),
            ("Times", "1")).ExpectAsync(201);

        await AssertToldAsync(NumbersApi.New(), await SenderAsync(Number), "sent delivered", null);

        Assert.Equal("0", (await other.Api.RequestAsync(HttpMethod.Get,
            $"{Rules}/{theirs["sid"]}").ExpectAsync(200))["times_used"]);
    }

    private async Task AssertToldAsync(
        string to, string from, string told, int? errorCode, params (string, string)[] more)
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var statuses = told.Split(' ');
        if (from == WhatsApp) await server.Api.Messages.OpenWindowAsync(to, from);
        var sid = await SendAsync(to, from, [("StatusCallback", receiver.Url), .. more]);

        var message = await server.Api.Messages.UntilAsync(sid, statuses[^1]);
        await receiver.UntilAsync(received => received.Count >= statuses.Length);

        Assert.Equal($"{errorCode}", message["error_code"] ?? "");
        Assert.Equal(statuses, receiver.Received.Select(callback => callback.Status));
        var last = (await server.GetAsync($"/emulator/v1/Webhooks?MessageSid={sid}&PageSize=1"))
            .Body!["webhooks"]![0]!["parameters"]!;
        Assert.Equal(errorCode?.ToString(CultureInfo.InvariantCulture), last["ErrorCode"]?.ToString());
    }

    private async Task<string> RuleAsync(params (string, string)[] form) =>
        (await server.PostAsync(Rules, form).ExpectAsync(201))["sid"]!;

    private async Task<string?> UsedAsync(string rule) =>
        (await server.GetAsync($"{Rules}/{rule}").ExpectAsync(200))["times_used"];

    private Task<string> SendAsync(string to, string from, params (string Name, string Value)[] more) =>
        server.Api.Messages.SendAsync([("To", to), ("From", from),
            .. more.Any(field => field.Name is "Body") ? [] : new[] { ("Body", "Hi") }, .. more]);

    /// <summary>Makes sure that the account has the sender.</summary>
    private async Task<string> SenderAsync(string address)
    {
        if (address == Number)
        {
            await server.PostAsync(NumbersApi.Path, ("PhoneNumber", Number));
            return address;
        }

        var (channel, country) = address == Rcs ? ("rcs", "NULL") : ("whats_app", "'US'");
        await Sql.ScalarAsync(server.ConnectionString,
            $"""
             INSERT INTO channel_senders (sid, account_sid, sender_id, channel, country, approved_countries,
                 date_created, date_updated)
             VALUES ('XE{Guid.NewGuid():N}', '{MessagingServer.AccountSid}', '{address}', '{channel}', {country},
                 ARRAY['US'], now(), now())
             ON CONFLICT DO NOTHING
             """);
        return address;
    }
}
