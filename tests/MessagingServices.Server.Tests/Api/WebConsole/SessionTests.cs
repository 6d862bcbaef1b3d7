using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.WebConsole;

/// <summary>Sessions of the console: who gets one, and what it may do.</summary>
public sealed class SessionTests(SessionTests.Server server) : IClassFixture<SessionTests.Server>
{
    private const string Own = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}";
    internal const string Token = "anowntoken";

    private string Session => $"{server.Url}/console/session";

    [Fact]
    public async Task The_cookie_of_a_sign_in_stands_for_the_credential()
    {
        using Browser browser = new();

        var answer = await browser.PostAsync(
            Session, ("Username", MessagingServer.AccountSid), ("Password", Token)).ExpectAsync(200);

        Assert.Equal(MessagingServer.AccountSid, answer["account_sid"]);
        Assert.Null(answer["key_sid"]);
        Assert.Equal("no-store", answer.Response.Headers.CacheControl!.ToString());
        var parts = answer.Response.Headers.GetValues("Set-Cookie").Single().Split("; ");
        Assert.StartsWith($"messaging_services_{new Uri(server.Url).Port}=", parts[0], StringComparison.Ordinal);
        Assert.Equal(["httponly", "max-age=43200", "path=/", "samesite=strict"],
            parts[1..].Select(part => part.ToLowerInvariant())
                .Where(part => !part.StartsWith("expires", StringComparison.Ordinal)).Order());
        await browser.GetAsync($"{server.Url}{Own}/Messages.json").ExpectAsync(200);
        await browser.PostAsync($"{server.Url}/v1/Services", ("FriendlyName", "By cookie")).ExpectAsync(201);
        await browser.GetAsync($"{server.Url}/emulator/v1/Clock").ExpectAsync(200);
        Assert.Equal(MessagingServer.AccountSid, (await browser.GetAsync(Session).ExpectAsync(200))["account_sid"]);
    }

    [Fact]
    public async Task Under_https_the_cookie_is_only_for_https()
    {
        using Browser browser = new();

        var answer = await browser.SendAsync(
            HttpMethod.Post, Session, form: [("Username", MessagingServer.AccountSid), ("Password", Token)],
            headers: [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "ui.test"), ("Origin", "https://ui.test")])
            .ExpectAsync(200);

        var cookie = answer.Response.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("messaging_services_443=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nobody_is_signed_in_without_a_cookie()
    {
        using Browser browser = new();

        var answer = await browser.GetAsync(Session).ExpectAsync(200);

        Assert.Equal((null, null), (answer["account_sid"], answer["default_credentials"]));
        Assert.False(answer.Response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData(MessagingServer.AccountSid, "wrong", 401, 20003)]
    [InlineData("AC00000000000000000000000000000009", Token, 401, 20003)]
    [InlineData("SK00000000000000000000000000000009", Token, 401, 20003)]
    [InlineData("somebody", Token, 401, 20003)]
    [InlineData("", "", 401, 20003)]
    [InlineData("AC00000000000000000000000000000002", "fedcba9876543210fedcba9876543210", 403, 20008)]
    public async Task Wrong_credentials_and_those_without_a_console_get_no_session(
        string username, string password, int status, int code)
    {
        using Browser browser = new();

        var refused = await browser.PostAsync(Session, ("Username", username), ("Password", password))
            .ExpectErrorAsync(status, code);

        Assert.Empty(refused.Response.Headers.WwwAuthenticate);
        Assert.False(refused.Response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task What_is_unknown_costs_the_same_as_a_wrong_secret_and_both_are_counted()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        var key = await account.Api.PostAsync("/iam/v1/Keys", ("AccountSid", account.Sid)).ExpectAsync(201);
        using DatabaseCommands commands = new();
        using var client = server.Client();
        using Measurements counted = new("sign_ins.failed");
        foreach (var (known, unknown) in ((string, string)[])[
            (account.Sid, "AC00000000000000000000000000000009"),
            (key["sid"]!, "SK00000000000000000000000000000009")])
        {
            var wrong = await CostAsync(known);
            Assert.Equal(wrong, await CostAsync(unknown));
            Assert.NotEmpty(wrong);
        }

        // Other servers of the tests count there, too.
        Assert.True(counted.Of("sign_ins.failed") >= 4, $"{counted.Of("sign_ins.failed")} are counted.");

        async Task<IReadOnlyList<string>> CostAsync(string username)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/console/session")
            {
                Content = TestApi.Form([("Username", username), ("Password", "wrong")]),
            };
            var (status, _, cost) = await commands.OfAsync(client, request);
            Assert.Equal(401, status);
            return cost;
        }
    }

    [Fact]
    public async Task A_standard_key_signs_in_with_its_rights_until_it_is_revoked()
    {
        var key = await server.PostAsync($"{Own}/Keys.json").ExpectAsync(201);
        using Browser browser = new();
        await browser.SignInAsync(server.Url, key["sid"]!, key["secret"]!);

        Assert.Equal(key["sid"], (await browser.GetAsync(Session))["key_sid"]);
        await browser.GetAsync($"{server.Url}{Own}/Messages.json").ExpectAsync(200);
        var refused = await browser.GetAsync($"{server.Url}{Own}/Keys.json").ExpectErrorAsync(401, 20003);
        Assert.Empty(refused.Response.Headers.WwwAuthenticate);

        await server.DeleteAsync($"{Own}/Keys/{key["sid"]}.json").ExpectAsync(204);
        await browser.GetAsync($"{server.Url}{Own}/Messages.json").ExpectErrorAsync(401, 20003);
        Assert.Null((await browser.GetAsync(Session).ExpectAsync(200))["account_sid"]);
    }

    [Fact]
    public async Task A_restricted_key_does_not_sign_in_and_a_key_that_becomes_one_is_signed_out()
    {
        const string policy = """{"allow": ["/twilio/messaging/messages/list"]}""";
        var account = await TestAccount.CreateAsync(server.Http);
        var restricted = await account.Api.PostAsync(
            "/iam/v1/Keys", ("AccountSid", account.Sid), ("KeyType", "restricted"), ("Policy", policy))
            .ExpectAsync(201);
        var standard = await account.Api.PostAsync("/iam/v1/Keys", ("AccountSid", account.Sid)).ExpectAsync(201);
        using Browser browser = new();

        await browser.PostAsync(
            Session, ("Username", restricted["sid"]!), ("Password", restricted["secret"]!))
            .ExpectErrorAsync(403, 70051);
        await browser.SignInAsync(server.Url, standard["sid"]!, standard["secret"]!);
        await Sql.ScalarAsync(
            server.ConnectionString, $"UPDATE api_keys SET policy = '{policy}' WHERE sid = '{standard["sid"]}'");

        await Eventually.TrueAsync(
            async () => (await browser.GetAsync(Session))["account_sid"] is null, () => "It is still signed in.");
    }

    [Fact]
    public async Task A_request_acts_for_the_account_that_it_names()
    {
        var (one, other) = (await TestAccount.CreateAsync(server.Http), await TestAccount.CreateAsync(server.Http));
        await one.Api.PostAsync("/v1/Services", ("FriendlyName", "Of one")).ExpectAsync(201);
        using Browser browser = new();
        await browser.SignInAsync(server.Url, MessagingServer.AccountSid, Token);
        var services = $"{server.Url}/v1/Services";

        Assert.Equal(one.Sid, await AccountOfAsync(("X-Account", one.Sid)));
        Assert.Null(await AccountOfAsync(("X-Account", other.Sid)));
        await browser.GetAsync($"{server.Url}/2010-04-01/Accounts/{other.Sid}/Messages.json").ExpectAsync(200);
        await browser.GetAsync(services, ("X-Account", "AC00000000000000000000000000000009"))
            .ExpectErrorAsync(401, 20003);
        await browser.GetAsync(services, ("X-Account", "nobody")).ExpectErrorAsync(401, 20003);

        await browser.SignInAsync(server.Url, one.Sid, one.AuthToken);
        Assert.Equal(one.Sid, await AccountOfAsync());
        await browser.GetAsync(services, ("X-Account", other.Sid)).ExpectErrorAsync(401, 20003);
        await browser.GetAsync(services, ("X-Account", MessagingServer.AccountSid)).ExpectErrorAsync(401, 20003);

        async Task<string?> AccountOfAsync(params (string, string)[] named) =>
            (await browser.GetAsync(services, named).ExpectAsync(200)).Body!["services"]!.AsArray()
                .FirstOrDefault()?["account_sid"]!.ToString();
    }

    [Fact]
    public async Task A_request_for_a_subaccount_creates_no_account()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        using Browser browser = new();
        await browser.SignInAsync(server.Url, MessagingServer.AccountSid, Token);
        var accounts = $"{server.Url}/2010-04-01/Accounts.json";

        await browser.SendAsync(
            HttpMethod.Post, accounts, form: [("FriendlyName", "Child")], headers: [("X-Account", account.Sid)])
            .ExpectErrorAsync(403, 20403);
        var seen = await browser.GetAsync(accounts, ("X-Account", account.Sid)).ExpectAsync(200);

        Assert.Equal([account.Sid], seen.Body!["accounts"]!.AsArray().Select(one => one!["sid"]!.ToString()));
    }

    [Fact]
    public async Task The_header_counts_by_cookie_only()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/Services")
        {
            Headers = { { "X-Account", account.Sid } }, Content = TestApi.Form([("FriendlyName", "Mine")]),
        };

        var answer = await ApiResponse.ReadAsync(await server.Http.SendAsync(request));

        Assert.Equal((201, MessagingServer.AccountSid), (answer.Status, answer["account_sid"]));
        using var nobody = server.Client();
        nobody.DefaultRequestHeaders.Add("X-Account", account.Sid);
        var refused = await nobody.Api.GetAsync("/v1/Services").ExpectErrorAsync(401, 20003);
        Assert.Empty(refused.Response.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task The_consoles_requests_are_by_cookie_whatever_credentials_the_browser_adds()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        using Browser browser = new();
        await browser.SignInAsync(server.Url, MessagingServer.AccountSid, Token);
        var clock = $"{server.Url}/v1/Services";
        var basic = account.Http.DefaultRequestHeaders.Authorization!.ToString();

        var added = await browser.SendAsync(
            HttpMethod.Post, clock, form: [("FriendlyName", "One")],
            headers: [("Authorization", basic), ("X-Account", MessagingServer.AccountSid)]).ExpectAsync(201);
        var given = await browser.SendAsync(
            HttpMethod.Post, clock, form: [("FriendlyName", "Two")], headers: [("Authorization", basic)])
            .ExpectAsync(201);

        Assert.Equal((MessagingServer.AccountSid, account.Sid), (added["account_sid"], given["account_sid"]));
    }

    public sealed class Server(PostgresServer postgres) : MessagingServer(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Account:AuthToken", Token)];

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Http.DefaultRequestHeaders.Authorization =
                Client(AccountSid, Token).DefaultRequestHeaders.Authorization;
        }
    }
}
