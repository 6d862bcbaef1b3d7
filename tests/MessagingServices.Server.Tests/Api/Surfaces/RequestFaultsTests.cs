using System.Diagnostics;
using MessagingServices.Server.Tests.Fixtures;
using MessagingServices.Server.Tests.Proxy;

namespace MessagingServices.Server.Tests.Api.Surfaces;

/// <summary>What request rules do to requests: errors, delays, connections that break.</summary>
public sealed class RequestFaultsTests(MessagingServer server) : IClassFixture<MessagingServer>, IAsyncLifetime
{
    private const string Rules = "/emulator/v1/RequestRules";
    private const string Services = "/v1/Services";

    private TestAccount account = null!;
    private string number = "";

    public async ValueTask InitializeAsync()
    {
        account = await TestAccount.CreateAsync(server.Http);
        number = await account.Api.Numbers.CreateNewAsync();
    }

    public ValueTask DisposeAsync()
    {
        account.Http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("400", null, 20001, "Bad Request")]
    [InlineData("401", null, 20003, "Unauthorized")]
    [InlineData("404", null, 20404, "Not Found")]
    [InlineData("429", null, 20429, "Too Many Requests")]
    [InlineData("429", "14107", 14107, "Too Many Requests")]
    [InlineData("500", null, 20500, "Internal Server Error")]
    [InlineData("503", null, 20503, "Service Unavailable")]
    public async Task An_error_has_Twilios_shape_and_nothing_is_done(
        string status, string? code, int expected, string message)
    {
        await RuleAsync([("Path", "*/Messages.json"), ("StatusCode", status), .. Optional("ErrorCode", code)]);

        var refused = await SendAsync().ExpectErrorAsync(int.Parse(status), expected);

        Assert.Equal((message, $"https://www.twilio.com/docs/errors/{expected}", status),
            (refused["message"], refused["more_info"], refused["status"]));
        Assert.Equal(0, await StoredAsync());
    }

    [Fact]
    public async Task An_error_says_when_to_try_again_if_the_rule_does()
    {
        var rule = await RuleAsync(("StatusCode", "429"), ("RetryAfter", "7"));
        using var busy = await account.Http.GetAsync(Services);
        await account.Api.DeleteAsync($"{Rules}/{rule}").ExpectAsync(204);
        await RuleAsync(("StatusCode", "503"));
        using var down = await account.Http.GetAsync(Services);

        Assert.Equal((TimeSpan.FromSeconds(7), null),
            (busy.Headers.RetryAfter?.Delta, down.Headers.RetryAfter?.Delta));
        Assert.Equal(rule, busy.Headers.GetValues("Emulator-Request-Rule").Single());
        Assert.Equal("20429", busy.Headers.GetValues("X-Twilio-Error-Code").Single());
        Assert.True(down.Headers.Contains("Twilio-Request-Id"));
    }

    [Fact]
    public async Task An_error_is_XML_where_XML_was_asked_for()
    {
        await RuleAsync(("Path", "/2010-04-01/Accounts/{AccountSid}/Messages.json"), ("StatusCode", "500"));

        using var xml = await account.Http.GetAsync($"/2010-04-01/Accounts/{account.Sid}/Messages");

        Assert.Equal(500, (int)xml.StatusCode);
        Assert.Contains("<Code>20500</Code>", await xml.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_applies_as_often_as_it_says_and_then_an_older_one()
    {
        await RuleAsync(("StatusCode", "500"), ("Times", "1"));
        var newer = await RuleAsync(("StatusCode", "503"), ("Times", "2"));

        List<int> statuses = [];
        for (var i = 0; i < 5; i++) statuses.Add((await account.Api.GetAsync(Services)).Status);

        Assert.Equal([503, 503, 500, 200, 200], statuses);
        Assert.Equal("2", (await account.Api.GetAsync($"{Rules}/{newer}"))["times_used"]);
    }

    [Fact]
    public async Task A_delayed_request_is_done_afterwards()
    {
        await RuleAsync(("DelayMs", "300"), ("Path", "*/Messages.json"), ("Method", "POST"));

        var start = Stopwatch.GetTimestamp();
        await SendAsync().ExpectAsync(201);

        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task A_client_that_does_not_wait_has_sent_its_message_all_the_same()
    {
        await RuleAsync(("DelayMs", "1500"), ("Method", "POST"), ("Times", "1"));
        using var patience = new CancellationTokenSource();

        var sending = account.Http.PostAsync(MessagesApi.Path, TestApi.Form(Message()), patience.Token);
        await Eventually.TrueAsync(async () => await UsedAsync() == 1, () => "The rule was not applied.");
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await Eventually.TrueAsync(async () => await StoredAsync() == 1, () => "The message was not sent.");
    }

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task A_connection_breaks_without_an_answer(string when, int stored)
    {
        await RuleAsync(("Disconnect", when), ("Method", "POST"));

        await Assert.ThrowsAsync<HttpRequestException>(SendAsync);

        Assert.Equal(stored, await StoredAsync());
        await account.Api.GetAsync(Services).ExpectAsync(200);
    }

    [Theory]
    [InlineData("before", "1.1", 0)]
    [InlineData("after", "1.1", 1)]
    [InlineData("before", "2.0", 0)]
    [InlineData("after", "2.0", 1)]
    public async Task A_connection_through_the_proxy_breaks_too(string when, string version, int stored)
    {
        using var client = await server.ProxiedAsync(Version.Parse(version));
        client.DefaultRequestHeaders.Authorization = account.Http.DefaultRequestHeaders.Authorization;
        await RuleAsync(("Disconnect", when), ("Method", "POST"), ("Path", "*/Messages.json"));
        var path = $"https://api.twilio.com/2010-04-01/Accounts/{account.Sid}/Messages.json";

        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(path, TestApi.Form(Message())));

        Assert.Equal(stored, await StoredAsync());
        // On HTTP/2 by the same connection.
        using var next = await client.GetAsync(path);
        Assert.Equal(200, (int)next.StatusCode);
    }

    [Fact]
    public async Task What_is_refused_breaks_without_an_answer_too()
    {
        await RuleAsync(("Disconnect", "after"), ("Method", "POST"));

        await Assert.ThrowsAsync<HttpRequestException>(
            () => account.Api.PostAsync(MessagesApi.Path, ("To", "nobody")));

        await account.Api.GetAsync(Services).ExpectAsync(200);
    }

    [Fact]
    public async Task Without_rules_a_request_costs_no_query()
    {
        using var commands = new DatabaseCommands();
        var client = account.Http;
        await client.GetStringAsync($"{Services}?PageSize=1");

        var (_, _, before) = await commands.OfAsync(client, new(HttpMethod.Get, $"{Services}?PageSize=1"));
        await RuleAsync(("Method", "PUT"), ("StatusCode", "500"));
        await client.GetStringAsync($"{Services}?PageSize=1");
        var (_, _, unmatched) = await commands.OfAsync(client, new(HttpMethod.Get, $"{Services}?PageSize=1"));

        Assert.DoesNotContain(before, command => IsOfRules(command));
        Assert.DoesNotContain(unmatched, command => IsOfRules(command));

        // The read of accounts once a second tells the version of the rules too.
        static bool IsOfRules(string command) => command.Contains("request_rule", StringComparison.Ordinal)
            && !command.Contains("accounts", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_learns_of_a_rule_and_of_what_it_counts()
    {
        await using var stream = await EventStream.OpenAsync(account.Http);

        var rule = await RuleAsync(("StatusCode", "500"), ("Times", "2"), ("Path", "/v1/Services"));
        await stream.ExpectAsync(
            "rule.updated", found => found["sid"] == rule && found["times_used"] == "0" && found["times"] == "2");
        await account.Api.GetAsync(Services).ExpectErrorAsync(500, 20500);
        await stream.ExpectAsync("rule.updated", found => found["sid"] == rule && found["times_used"] == "1");
        await account.Api.DeleteAsync($"{Rules}/{rule}").ExpectAsync(204);
        await stream.ExpectAsync("rule.updated", found => found["sid"] == rule && found["path"] is null);
    }

    private static (string, string)[] Optional(string name, string? value) => value is null ? [] : [(name, value)];

    private (string, string)[] Message() => [("To", "+14155550177"), ("From", number), ("Body", "Hi")];

    private Task<ApiResponse> SendAsync() => account.Api.PostAsync(MessagesApi.Path, Message());

    private async Task<string> RuleAsync(params (string, string)[] form) =>
        (await account.Api.PostAsync(Rules, form).ExpectAsync(201))["sid"]!;

    private async Task<int> UsedAsync() => Convert.ToInt32(await Sql.ScalarAsync(
        server.ConnectionString,
        $"SELECT sum(times_used) FROM request_rules WHERE account_sid = '{account.Sid}'"), null);

    private async Task<int> StoredAsync() => Convert.ToInt32(await Sql.ScalarAsync(
        server.ConnectionString, $"SELECT count(*) FROM messages WHERE account_sid = '{account.Sid}'"), null);
}
