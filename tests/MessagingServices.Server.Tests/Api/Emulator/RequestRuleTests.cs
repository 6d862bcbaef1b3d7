using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>Request rules as a resource: every parameter, paging, what is refused.</summary>
public sealed class RequestRuleTests(MessagingServer server) : IClassFixture<MessagingServer>, IAsyncLifetime
{
    private const string Rules = "/emulator/v1/RequestRules";

    private static readonly Field[] Table =
    [
        new("Method", "post", "method", "\"POST\""),
        new("Path", "/2010-04-01/Accounts/*/Messages.json", "path", "\"/2010-04-01/Accounts/*/Messages.json\""),
        new("To", "whatsapp:+1 415 555 0100", "to", "\"whatsapp:+14155550100\""),
        new("From", "+1415*", "from", "\"+1415*\""),
        new("BodyContains", " 50 % ", "body_contains", "\" 50 % \""),
        new("StatusCode", "503", "status_code", "503"),
        new("ErrorCode", "20503", "error_code", "20503"),
        new("RetryAfter", "86400", "retry_after", "86400"),
        new("DelayMs", "86400000", "delay_ms", "86400000"),
        new("Disconnect", "After", "disconnect", "\"after\""),
        new("Times", "1000000", "times", "1000000"),
        new("Percent", "12.5", "percent", "12.5"),
        new("Seed", "2147483647", "seed", "2147483647"),
    ];

    private TestAccount account = null!;

    public static TheoryData<Field> Fields => [.. Table];

    public async ValueTask InitializeAsync() => account = await TestAccount.CreateAsync(server.Http);

    public ValueTask DisposeAsync()
    {
        account.Http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Every_parameter_is_in_the_table() => Field.AssertCovers(typeof(CreateRequestRuleForm), Table);

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken_and_the_others_say_nothing(Field field)
    {
        (string, string)[] needed = NeededBy(field.Name);
        var created = await account.Api.PostAsync(Rules, [.. needed, (field.Name, field.Sent)]).ExpectAsync(201);

        field.AssertShownIn(created);
        foreach (var other in Table.Where(other => other != field && !needed.Any(given => given.Item1 == other.Name)))
            Field.AssertMember(created, other.Member, field.Name == "Percent" && other.Name == "Seed" ? "0" : "null");
        Field.AssertMember(created, "times_used", field.Name == "Times" ? "0" : "null");
        Assert.Equal(created.Text, (await account.Api.GetAsync(created["url"]!).ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task The_resource_has_these_members_and_no_others()
    {
        var created = await account.Api.PostAsync(Rules).ExpectAsync(201);

        Assert.Equal([.. Table.Select(field => field.Member).Concat(["sid", "account_sid", "times_used", "date_created",
            "url"]).Order(StringComparer.Ordinal)],
            created.Body.Names().Order(StringComparer.Ordinal));
        Assert.Matches("^QR[0-9a-f]{32}$", created["sid"]);
        Assert.Equal((account.Sid, $"{server.Url}{Rules}/{created["sid"]}"), (created["account_sid"], created["url"]));
    }

    [Fact]
    public async Task Empty_conditions_match_any_request()
    {
        var created = await account.Api.PostAsync(
            Rules, ("Method", ""), ("Path", ""), ("To", ""), ("From", ""), ("BodyContains", "")).ExpectAsync(201);

        foreach (var member in new[] { "method", "path", "to", "from", "body_contains" })
            Field.AssertMember(created, member, "null");
    }

    [Theory]
    [InlineData("Method", "FETCH")]
    [InlineData("Path", "Messages.json")]
    [InlineData("Path", "/v1/Services?PageSize=1")]
    [InlineData("To", "nobody")]
    [InlineData("From", "fax:1")]
    [InlineData("StatusCode", "")]
    [InlineData("StatusCode", "399")]
    [InlineData("StatusCode", "600")]
    [InlineData("StatusCode", "busy")]
    [InlineData("ErrorCode", "9999")]
    [InlineData("ErrorCode", "100000")]
    [InlineData("RetryAfter", "-1")]
    [InlineData("RetryAfter", "86401")]
    [InlineData("DelayMs", "-1")]
    [InlineData("DelayMs", "86400001")]
    [InlineData("Disconnect", "")]
    [InlineData("Disconnect", "during")]
    [InlineData("Times", "0")]
    [InlineData("Times", "1000001")]
    [InlineData("Percent", "100.01")]
    [InlineData("Seed", "-1")]
    public async Task What_cannot_be_understood_is_refused_and_makes_no_rule(string name, string value)
    {
        await account.Api.PostAsync(Rules, [.. NeededBy(name), (name, value)]).ExpectErrorAsync(400, 20001);

        Assert.Empty((await account.Api.GetAsync(Rules).ExpectAsync(200)).Body!["request_rules"]!.AsArray());
    }

    [Theory]
    [InlineData("ErrorCode", "20429", "ErrorCode can be given with StatusCode only")]
    [InlineData("RetryAfter", "1", "RetryAfter can be given with StatusCode only")]
    [InlineData("Seed", "1", "Seed can be given with Percent only")]
    public async Task A_part_of_an_effect_needs_the_effect(string name, string value, string message) => Assert.Equal(
        message, (await account.Api.PostAsync(Rules, (name, value)).ExpectErrorAsync(400, 20001))["message"]);

    [Fact]
    public async Task A_rule_answers_or_breaks_the_connection() => await account.Api.PostAsync(
        Rules, ("StatusCode", "500"), ("Disconnect", "before")).ExpectErrorAsync(400, 20001);

    [Fact]
    public async Task Pages_hold_every_rule_once_newest_first()
    {
        var created = new List<string>();
        for (var i = 0; i < 5; i++)
            created.Add((await account.Api.PostAsync(Rules, ("To", $"+1415555010{i}")).ExpectAsync(201))["sid"]!);
        created.Reverse();

        var listed = new List<string>();
        for (var url = $"{Rules}?PageSize=2"; url is not null;)
        {
            var page = await account.Api.GetAsync(url).ExpectAsync(200);
            Assert.Equal("request_rules", page.Body!["meta"]!["key"]!.ToString());
            listed.AddRange(page.Body["request_rules"]!.AsArray().Select(rule => rule!["sid"]!.ToString()));
            url = page.Body["meta"]!["next_page_url"]?.ToString();
        }

        Assert.Equal(created, listed);
    }

    [Fact]
    public async Task A_deleted_rule_is_gone()
    {
        var url = (await account.Api.PostAsync(Rules).ExpectAsync(201))["url"]!;

        await account.Api.DeleteAsync(url).ExpectAsync(204);

        await account.Api.GetAsync(url).ExpectErrorAsync(404, 20404);
        await account.Api.DeleteAsync(url).ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task Another_accounts_rules_cannot_be_seen_or_deleted()
    {
        var other = await TestAccount.CreateAsync(server.Http);
        var sid = (await account.Api.PostAsync(Rules).ExpectAsync(201))["sid"];

        await other.Api.GetAsync($"{Rules}/{sid}").ExpectErrorAsync(404, 20404);
        await other.Api.DeleteAsync($"{Rules}/{sid}").ExpectErrorAsync(404, 20404);
        Assert.Empty((await other.Api.GetAsync(Rules).ExpectAsync(200)).Body!["request_rules"]!.AsArray());
        await account.Api.GetAsync($"{Rules}/{sid}").ExpectAsync(200);
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("all")]
    public async Task A_reset_removes_the_rules_with_what_they_have_counted(string scope)
    {
        await account.Api.PostAsync(
            Rules, ("StatusCode", "500"), ("Percent", "100"), ("Times", "500000")).ExpectAsync(201);
        await account.Api.GetAsync("/v1/Services").ExpectErrorAsync(500, 20500);
        using var done = new CancellationTokenSource();
        var others = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) await account.Api.GetAsync("/v2/Channels/Senders");
        });

        await account.Api.PostAsync(TestApi.ResetPath, ("Scope", scope)).ExpectAsync(204);

        await account.Api.GetAsync("/v1/Services").ExpectAsync(200);
        await done.CancelAsync();
        await others;
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM request_rules WHERE account_sid = '{account.Sid}'"));
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            "SELECT count(*) FROM request_rule_draws WHERE rule_sid NOT IN (SELECT sid FROM request_rules)"));
    }

    [Fact]
    public async Task Rules_of_a_deleted_account_go_with_it()
    {
        await account.Api.PostAsync(Rules, ("To", "+1999*")).ExpectAsync(201);

        await server.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}").ExpectAsync(204);

        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM request_rules WHERE account_sid = '{account.Sid}'"));
    }

    private static (string, string)[] NeededBy(string field) => field switch
    {
        "ErrorCode" or "RetryAfter" => [("StatusCode", "503")],
        "Seed" => [("Percent", "12.5")],
        _ => [],
    };
}
