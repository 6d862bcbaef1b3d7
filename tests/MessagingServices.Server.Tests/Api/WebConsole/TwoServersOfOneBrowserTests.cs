using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.WebConsole;

/// <summary>Browsers send the cookies of a host to all its ports. Servers on one host are still kept apart.</summary>
public sealed class TwoServersOfOneBrowserTests(MessagingServer one, SeededMessagingServer other)
    : IClassFixture<MessagingServer>, IClassFixture<SeededMessagingServer>
{
    [Fact]
    public async Task Each_server_has_its_own_session()
    {
        using Browser browser = new();
        var cookie = await browser.SignInAsync(one.Url, MessagingServer.AccountSid, MessagingServer.AuthToken);
        await browser.GetAsync($"{other.Url}/v1/Services").ExpectErrorAsync(401, 20003);
        await browser.SignInAsync(other.Url, MessagingServer.AccountSid, MessagingServer.AuthToken);

        await browser.GetAsync($"{one.Url}/v1/Services").ExpectAsync(200);
        await browser.GetAsync($"{other.Url}/v1/Services").ExpectAsync(200);
        Assert.Equal(2, browser.CookiesOf(one.Url).Count);

        using Browser stranger = new();
        var renamed = $"messaging_services_{new Uri(other.Url).Port}={cookie.Split('=')[1]}";
        await stranger.GetAsync($"{other.Url}/v1/Services", ("Cookie", renamed)).ExpectErrorAsync(401, 20003);
        await browser.SendAsync(HttpMethod.Post, $"{other.Url}/v1/Services", one.Url, form: [("FriendlyName", "One")])
            .ExpectErrorAsync(403, 20403);

        await browser.SendAsync(HttpMethod.Delete, $"{one.Url}/console/session").ExpectAsync(204);
        await browser.GetAsync($"{one.Url}/v1/Services").ExpectErrorAsync(401, 20003);
        await browser.GetAsync($"{other.Url}/v1/Services").ExpectAsync(200);
    }
}

/// <summary>A session holds on every server of a database, and ends on every one.</summary>
[Collection(typeof(PairOfServers))]
public sealed class SessionOnEveryServerTests(TwoServers servers)
{
    [Fact]
    public async Task A_session_holds_and_ends_on_every_server()
    {
        var (one, other) = await servers.NewAccountAsync();
        var (here, there) = (Url(one), Url(other));
        using Browser browser = new();
        var token = (await browser.SignInAsync(here, one.Sid, one.AuthToken)).Split('=')[1];
        using Browser elsewhere = new();
        (string, string) cookie = ("Cookie", $"messaging_services_{new Uri(there).Port}={token}");

        Assert.Equal(one.Sid, (await elsewhere.GetAsync($"{there}/console/session", cookie))["account_sid"]);
        await elsewhere.GetAsync($"{there}/v1/Services", cookie).ExpectAsync(200);

        await browser.SendAsync(HttpMethod.Delete, $"{here}/console/session").ExpectAsync(204);
        await Eventually.TrueAsync(
            async () => (await elsewhere.GetAsync($"{there}/v1/Services", cookie)).Status == 401,
            () => "The other server still accepts the cookie.");
    }

    private static string Url(TestAccount account) =>
        account.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
}
