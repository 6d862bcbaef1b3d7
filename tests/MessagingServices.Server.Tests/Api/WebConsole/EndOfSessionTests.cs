using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.WebConsole;

/// <summary>When sessions of the console end, and that nothing remains of them.</summary>
public sealed class EndOfSessionTests(SessionTests.Server server) : IClassFixture<SessionTests.Server>
{
    private const string Own = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}";
    private const string Token = SessionTests.Token;

    private string Session => $"{server.Url}/console/session";

    [Fact]
    public async Task A_stolen_cookie_is_worth_nothing_after_the_sign_out()
    {
        using Browser browser = new();
        var stolen = await browser.SignInAsync(server.Url, MessagingServer.AccountSid, Token);
        using Browser thief = new();
        await thief.GetAsync($"{server.Url}{Own}/Messages.json", ("Cookie", stolen)).ExpectAsync(200);

        var answer = await browser.SendAsync(HttpMethod.Delete, Session).ExpectAsync(204);

        Assert.Contains("=;", answer.Response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Empty(browser.CookiesOf(server.Url));
        var refused = await thief.GetAsync($"{server.Url}{Own}/Messages.json", ("Cookie", stolen))
            .ExpectErrorAsync(401, 20003);
        Assert.Empty(refused.Response.Headers.WwwAuthenticate);
        await browser.SendAsync(HttpMethod.Delete, Session).ExpectAsync(204);
    }

    [Fact]
    public async Task The_session_before_ends_with_a_new_sign_in()
    {
        using Browser browser = new();
        var former = await browser.SignInAsync(server.Url, MessagingServer.AccountSid, Token);

        var present = await browser.SignInAsync(server.Url, MessagingServer.AccountSid, Token);

        using Browser other = new();
        Assert.NotEqual(former, present);
        Assert.Null((await other.GetAsync(Session, ("Cookie", former)))["account_sid"]);
        Assert.NotNull((await other.GetAsync(Session, ("Cookie", present)))["account_sid"]);
    }

    [Fact]
    public async Task A_session_lasts_twelve_hours_and_is_removed_afterwards()
    {
        using Browser browser = new();
        using Browser later = new();
        await browser.SignInAsync(server.Url, MessagingServer.AccountSid, Token);
        var hours = await Sql.ScalarAsync(
            server.ConnectionString,
            "SELECT round(extract(epoch FROM max(expires) - now()) / 3600)::int FROM console_sessions");
        Assert.Equal(12, hours);

        await Sql.ScalarAsync(server.ConnectionString, "UPDATE console_sessions SET expires = now()");

        await Eventually.TrueAsync(
            async () => (await browser.GetAsync(Session))["account_sid"] is null, () => "It is still signed in.");
        await browser.GetAsync($"{server.Url}{Own}/Messages.json").ExpectErrorAsync(401, 20003);
        await later.SignInAsync(server.Url, MessagingServer.AccountSid, Token);
        Assert.Equal(1L, await Sql.ScalarAsync(server.ConnectionString, "SELECT count(*) FROM console_sessions"));
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("closed")]
    [InlineData("deleted")]
    public async Task The_sessions_of_an_account_end_with_it(string end)
    {
        var account = await TestAccount.CreateAsync(server.Http);
        using Browser browser = new();
        await browser.SignInAsync(server.Url, account.Sid, account.AuthToken);
        await browser.GetAsync($"{server.Url}/v1/Services").ExpectAsync(200);
        var path = $"/2010-04-01/Accounts/{account.Sid}.json";

        if (end == "deleted") await server.DeleteAsync($"/emulator/v1/Accounts/{account.Sid}").ExpectAsync(204);
        else await server.PostAsync(path, ("Status", end)).ExpectAsync(200);

        await Eventually.TrueAsync(
            async () => (await browser.GetAsync(Session))["account_sid"] is null, () => "It is still signed in.");
        await browser.GetAsync($"{server.Url}/v1/Services").ExpectErrorAsync(401, 20003);
        Assert.Equal(0L, await Sql.ScalarAsync(
            server.ConnectionString, $"SELECT count(*) FROM console_sessions WHERE account_sid = '{account.Sid}'"));
        if (end == "deleted") return;
        await browser.PostAsync(Session, ("Username", account.Sid), ("Password", account.AuthToken))
            .ExpectErrorAsync(403, 20005);
        if (end == "closed") return;
        await server.PostAsync(path, ("Status", "active")).ExpectAsync(200);
        await browser.GetAsync($"{server.Url}/v1/Services").ExpectErrorAsync(401, 20003);
    }

    [Fact]
    public async Task A_reset_keeps_the_sessions()
    {
        var account = await TestAccount.CreateAsync(server.Http);
        using Browser browser = new();
        await browser.SignInAsync(server.Url, account.Sid, account.AuthToken);

        await account.Api.PostAsync(TestApi.ResetPath, ("Scope", "all")).ExpectAsync(204);

        Assert.Equal(account.Sid, (await browser.GetAsync(Session))["account_sid"]);
    }

    [Fact]
    public async Task A_wait_ends_when_its_session_does()
    {
        using Browser browser = new();
        var cookie = await browser.SignInAsync(server.Url, MessagingServer.AccountSid, Token);
        using Browser waiting = new();
        var wait = waiting.GetAsync(
            server.Url + MessagesApi.WaitPath(("BodyContains", "never"), ("Timeout", "60")), ("Cookie", cookie));

        await browser.SendAsync(HttpMethod.Delete, Session).ExpectAsync(204);

        await wait.ExpectErrorAsync(401, 20003);
    }
}
