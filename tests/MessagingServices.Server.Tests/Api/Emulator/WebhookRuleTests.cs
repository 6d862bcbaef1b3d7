using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>Webhook rules as a resource: every parameter, paging, what is refused.</summary>
public sealed class WebhookRuleTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Rules = WebhookRulesApi.Path;
    private const string Unknown = Rules + "/WR00000000000000000000000000000000";

    private static readonly Field[] Table =
    [
        new("Url", "https://example.com/status?*", "url", "\"https://example.com/status?*\""),
        new("Kind", "Conversation", "kind", "\"conversation\""),
        new("Status", "Delivered", "status", "\"delivered\""),
        new("To", "whatsapp:+1 415 555 0100", "to", "\"whatsapp:+14155550100\""),
        new("From", "ACME*", "from", "\"ACME*\""),
        new("DelayMs", "86400000", "delay_ms", "86400000"),
        new("Duplicate", "True", "duplicate", "true"),
        new("Drop", "true", "drop", "true"),
        new("Reorder", "true", "reorder", "true"),
        new("HoldMs", "0", "hold_ms", "0"),
        new("Times", "1000000", "times", "1000000"),
        new("Percent", "12.5", "percent", "12.5"),
        new("Seed", "2147483647", "seed", "2147483647"),
    ];

    private static readonly string[] Effects = ["DelayMs", "Duplicate", "Drop", "Reorder"];

    public static TheoryData<Field> Fields => [.. Table];

    [Fact]
    public void Every_parameter_is_in_the_table() => Field.AssertCovers(typeof(CreateWebhookRuleForm), Table);

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken_and_shown(Field field)
    {
        var created = await server.PostAsync(Rules, [.. Needed(field.Name), (field.Name, field.Sent)])
            .ExpectAsync(201);

        field.AssertShownIn(created);
        Assert.Equal(created.Text, (await server.GetAsync($"{Rules}/{created["sid"]}").ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task The_resource_has_these_members_and_the_others_say_nothing()
    {
        var created = await server.PostAsync(Rules, ("DelayMs", "0"), ("Url", ""), ("To", ""), ("Kind", ""))
            .ExpectAsync(201);

        Assert.Equal([.. Table.Select(field => field.Member).Concat(["sid", "account_sid", "times_used",
            "date_created"]).Order(StringComparer.Ordinal)],
            created.Body.Names().Order(StringComparer.Ordinal));
        Assert.Matches("^WR[0-9a-f]{32}$", created["sid"]);
        Assert.Equal((MessagingServer.AccountSid, "0", "0"),
            (created["account_sid"], created["times_used"], created["delay_ms"]));
        foreach (var member in new[] { "url", "kind", "status", "to", "from", "hold_ms", "times", "percent", "seed" })
            Field.AssertMember(created, member, "null");
        foreach (var member in new[] { "duplicate", "drop", "reorder" }) Field.AssertMember(created, member, "false");
    }

    [Fact]
    public async Task A_hold_lasts_for_half_a_minute_if_not_told_otherwise() =>
        Field.AssertMember(await server.PostAsync(Rules, ("Reorder", "true")).ExpectAsync(201), "hold_ms", "30000");

    [Theory]
    [InlineData("Url", "example.com")]
    [InlineData("Url", "https://*.example.com/")]
    [InlineData("Url", "https://example.com/#rc=3")]
    [InlineData("Kind", "callback")]
    [InlineData("Status", "lost")]
    [InlineData("To", "+14*00")]
    [InlineData("From", "fax:1")]
    [InlineData("DelayMs", "-1")]
    [InlineData("DelayMs", "86400001")]
    [InlineData("DelayMs", "soon")]
    [InlineData("Duplicate", "yes")]
    [InlineData("Drop", "")]
    [InlineData("Reorder", "1")]
    [InlineData("HoldMs", "86400001")]
    [InlineData("Times", "0")]
    [InlineData("Times", "1000001")]
    [InlineData("Percent", "100.01")]
    [InlineData("Percent", "0.001")]
    [InlineData("Seed", "-1")]
    public async Task What_cannot_be_understood_is_refused_and_makes_no_rule(string name, string value)
    {
        var before = await CountAsync();

        await server.PostAsync(Rules, [.. Needed(name), (name, value)]).ExpectErrorAsync(400, 20001);

        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("HoldMs can be given with Reorder=true only", "Drop", "true", "HoldMs", "1")]
    [InlineData("Seed can be given with Percent only", "Drop", "true", "Seed", "1")]
    [InlineData("A webhook rule needs an effect: DelayMs, or Duplicate, Drop or Reorder with true", "Drop", "false",
        "To", "+1415*")]
    public async Task What_does_not_fit_together_is_refused(string message, params string[] form)
    {
        var refused = await server.PostAsync(Rules, [.. form.Chunk(2).Select(pair => (pair[0], pair[1]))])
            .ExpectErrorAsync(400, 20001);

        Assert.Equal(message, refused["message"]);
    }

    [Fact]
    public async Task Pages_hold_every_rule_once_newest_first_and_a_deleted_one_is_gone()
    {
        List<string> created = [];
        for (var i = 0; i < 3; i++) created.Insert(0, await server.Api.WebhookRules.CreateAsync(("DelayMs", $"{i}")));

        var page = await server.GetAsync($"{Rules}?PageSize=2").ExpectAsync(200);
        var rest = await server.GetAsync(page.Body!["meta"]!["next_page_url"]!.ToString()).ExpectAsync(200);

        Assert.Equal("webhook_rules", page.Body["meta"]!["key"]!.ToString());
        Assert.Equal(created, new[] { page, rest }.SelectMany(part => part.Body!["webhook_rules"]!.AsArray())
            .Select(rule => rule!["sid"]!.ToString()).Take(3));
        await server.Api.WebhookRules.DeleteAsync(created[0]);
        await server.GetAsync($"{Rules}/{created[0]}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync($"{Rules}/{created[0]}").ExpectErrorAsync(404, 20404);
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
        var sid = await server.Api.WebhookRules.CreateAsync(("Drop", "true"), ("To", "+14155550199"));

        await other.Api.GetAsync($"{Rules}/{sid}").ExpectErrorAsync(404, 20404);
        await other.Api.DeleteAsync($"{Rules}/{sid}").ExpectErrorAsync(404, 20404);
        Assert.Empty((await other.Api.GetAsync(Rules).ExpectAsync(200)).Body!["webhook_rules"]!.AsArray());
        await server.GetAsync($"{Rules}/{sid}").ExpectAsync(200);
    }

    /// <summary>The other parameters that a parameter needs.</summary>
    private static IEnumerable<(string, string)> Needed(string name) => name switch
    {
        "HoldMs" => [("Reorder", "true")],
        "Seed" => [("Drop", "true"), ("Percent", "12.5")],
        _ when Effects.Contains(name) => [],
        _ => [("Drop", "true")],
    };

    private async Task<object?> CountAsync() =>
        await Sql.ScalarAsync(server.ConnectionString, "SELECT count(*) FROM webhook_rules");
}
