using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>Carrier rules as a resource: every parameter, paging, what is refused.</summary>
public sealed class CarrierRuleTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Rules = "/emulator/v1/CarrierRules";
    private const string Unknown = Rules + "/CR00000000000000000000000000000000";

    private static readonly Field[] Table =
    [
        new("To", "whatsapp:+1 415 555 0100", "to", "\"whatsapp:+14155550100\""),
        new("From", "+1415*", "from", "\"+1415*\""),
        new("BodyContains", " 50 % ", "body_contains", "\" 50 % \""),
        new("Outcome", "Undelivered", "outcome", "\"undelivered\""),
        new("ErrorCode", "30003", "error_code", "30003"),
        new("DelayMs", "86400000", "delay_ms", "86400000"),
        new("SupportsMms", "False", "supports_mms", "false"),
        new("SupportsRcs", "true", "supports_rcs", "true"),
        new("SupportsWhatsApp", "false", "supports_whatsapp", "false"),
        new("Times", "1000000", "times", "1000000"),
        new("Percent", "12.5", "percent", "12.5"),
        new("Seed", "2147483647", "seed", "2147483647"),
    ];

    public static TheoryData<Field> Fields => [.. Table];

    [Fact]
    public void Every_parameter_is_in_the_table() => Field.AssertCovers(typeof(CreateCarrierRuleForm), Table);

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken_and_the_others_say_nothing(Field field)
    {
        (string, string)[] outcome = field.Name switch { "ErrorCode" => [("Outcome", "failed")],
            "Seed" => [("Percent", "12.5")], _ => [] };
        var created = await server.PostAsync(Rules, [.. outcome, (field.Name, field.Sent)]).ExpectAsync(201);

        field.AssertShownIn(created);
        foreach (var other in Table.Where(other => other != field && !outcome.Any(given => given.Item1 == other.Name)))
            Field.AssertMember(created, other.Member, field.Name == "Percent" && other.Name == "Seed" ? "0" : "null");
        Assert.Equal(created.Text, (await server.GetAsync(created["url"]!).ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task The_resource_has_these_members_and_no_others()
    {
        var created = await server.PostAsync(Rules).ExpectAsync(201);

        Assert.Equal([.. Table.Select(field => field.Member).Concat(["sid", "account_sid", "times_used", "date_created",
            "url"]).Order(StringComparer.Ordinal)],
            created.Body.Names().Order(StringComparer.Ordinal));
        Assert.Matches("^CR[0-9a-f]{32}$", created["sid"]);
        Assert.Equal((MessagingServer.AccountSid, null, $"{server.Url}{Rules}/{created["sid"]}"),
            (created["account_sid"], created["times_used"], created["url"]));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", created["date_created"]);
    }

    [Fact]
    public async Task Empty_addresses_and_texts_match_any_message()
    {
        var created = await server.PostAsync(Rules, ("To", ""), ("From", ""), ("BodyContains", "")).ExpectAsync(201);

        foreach (var member in new[] { "to", "from", "body_contains" }) Field.AssertMember(created, member, "null");
    }

    [Theory]
    [InlineData("To", "nobody")]
    [InlineData("To", "12345")]
    [InlineData("To", "+14*00")]
    [InlineData("To", "1415*")]
    [InlineData("From", "*mpany")]
    [InlineData("From", "fax:1")]
    [InlineData("Outcome", "")]
    [InlineData("Outcome", "lost")]
    [InlineData("Outcome", "queued")]
    [InlineData("ErrorCode", "")]
    [InlineData("ErrorCode", "9999")]
    [InlineData("ErrorCode", "100000")]
    [InlineData("ErrorCode", "30008.0")]
    [InlineData("DelayMs", "")]
    [InlineData("DelayMs", "-1")]
    [InlineData("DelayMs", "86400001")]
    [InlineData("DelayMs", "soon")]
    [InlineData("SupportsMms", "")]
    [InlineData("SupportsMms", "yes")]
    [InlineData("SupportsRcs", "1")]
    [InlineData("SupportsWhatsApp", "no")]
    [InlineData("Times", "")]
    [InlineData("Times", "0")]
    [InlineData("Times", "-1")]
    [InlineData("Times", "1000001")]
    [InlineData("Times", "99999999999999999999")]
    [InlineData("Percent", "")]
    [InlineData("Percent", "-1")]
    [InlineData("Percent", "100.01")]
    [InlineData("Percent", "0.001")]
    [InlineData("Percent", "half")]
    [InlineData("Seed", "1")]
    public async Task What_cannot_be_understood_is_refused_and_makes_no_rule(string name, string value)
    {
        var before = await CountAsync();
        (string, string)[] outcome = name == "ErrorCode" ? [("Outcome", "failed")] : [];

        await server.PostAsync(Rules, [.. outcome, (name, value)]).ExpectErrorAsync(400, 20001);

        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task A_text_that_no_message_has_room_for_is_refused()
    {
        await server.PostAsync(Rules, ("BodyContains", new string('a', 1600))).ExpectAsync(201);
        await server.PostAsync(Rules, ("BodyContains", new string('a', 1601))).ExpectErrorAsync(400, 20001);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("2147483648")]
    [InlineData("spring")]
    public async Task A_seed_is_a_whole_number(string seed) =>
        await server.PostAsync(Rules, ("Percent", "10"), ("Seed", seed)).ExpectErrorAsync(400, 20001);

    [Theory]
    [InlineData(null)]
    [InlineData("delivered")]
    [InlineData("sent")]
    [InlineData("read")]
    public async Task An_error_code_needs_an_error(string? outcome)
    {
        (string, string)[] form = outcome is null ? [] : [("Outcome", outcome)];

        var refused = await server.PostAsync(Rules, [.. form, ("ErrorCode", "30003")]).ExpectErrorAsync(400, 20001);

        Assert.Equal("ErrorCode can be given with the Outcome undelivered or failed only", refused["message"]);
    }

    [Fact]
    public async Task Pages_hold_every_rule_once_newest_first()
    {
        var created = new List<string>();
        for (var i = 0; i < 5; i++)
            created.Add((await server.PostAsync(Rules, ("DelayMs", $"{i}")).ExpectAsync(201))["sid"]!);
        created.Reverse();

        var listed = new List<string>();
        for (var url = $"{Rules}?PageSize=2"; url is not null;)
        {
            var page = await server.GetAsync(url).ExpectAsync(200);
            Assert.Equal("carrier_rules", page.Body!["meta"]!["key"]!.ToString());
            listed.AddRange(page.Body["carrier_rules"]!.AsArray().Select(rule => rule!["sid"]!.ToString()));
            url = page.Body["meta"]!["next_page_url"]?.ToString();
        }

        Assert.Equal(created, listed.Take(5));
        Assert.Equal(listed.Distinct(), listed);
        await server.GetAsync($"{Rules}?PageSize=0").ExpectErrorAsync(400, 20001);
        await server.GetAsync($"{Rules}?PageToken=x").ExpectErrorAsync(400, 21481);
    }

    [Fact]
    public async Task A_deleted_rule_is_gone()
    {
        var url = (await server.PostAsync(Rules).ExpectAsync(201))["url"]!;

        await server.DeleteAsync(url).ExpectAsync(204);

        await server.GetAsync(url).ExpectErrorAsync(404, 20404);
        await server.DeleteAsync(url).ExpectErrorAsync(404, 20404);
    }

    [Theory]
    [InlineData(Unknown)]
    [InlineData(Rules + "/nonsense")]
    public async Task An_unknown_rule_is_not_found(string url)
    {
        await server.GetAsync(url).ExpectErrorAsync(404, 20404);
        await server.DeleteAsync(url).ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task Another_accounts_rules_cannot_be_seen_or_deleted()
    {
        using var other = await server.OtherAccountAsync();
        var sid = (await server.PostAsync(Rules).ExpectAsync(201))["sid"];

        await other.Api.RequestAsync(HttpMethod.Get, $"{Rules}/{sid}").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Delete, $"{Rules}/{sid}").ExpectErrorAsync(404, 20404);
        Assert.Empty((await other.Api.RequestAsync(HttpMethod.Get,
            Rules).ExpectAsync(200)).Body!["carrier_rules"]!.AsArray());
        await server.GetAsync($"{Rules}/{sid}").ExpectAsync(200);
    }

    private async Task<object?> CountAsync() =>
        await Sql.ScalarAsync(server.ConnectionString, "SELECT count(*) FROM carrier_rules");
}
