using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.WebConsole;

/// <summary>
/// No other page can use the session of the console: no other site, no other port of the same host, and no host name
/// that leads here by DNS rebinding.
/// </summary>
public sealed class CrossSiteTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string OtherPort = "http://127.0.0.1:3000";
    private const string Messages = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json";

    [Theory]
    [InlineData("https://evil.example", "cors")]
    [InlineData("https://evil.example", "no-cors")]
    [InlineData("https://evil.example", "navigate")]
    [InlineData(OtherPort, "cors")]
    [InlineData(OtherPort, "no-cors")]
    [InlineData(OtherPort, "navigate")]
    [InlineData("null", "no-cors")]
    public async Task Another_page_posts_nothing(string page, string mode)
    {
        using var browser = await SignedInAsync();
        foreach (var path in (string[])["/v1/Services", "/emulator/v1/Reset", Messages, "/console/session"])
        {
            var refused = await browser.SendAsync(
                HttpMethod.Post, server.Url + path, page, mode, [("FriendlyName", "Evil"), ("Scope", "all")])
                .ExpectErrorAsync(403, 20403);
            Assert.Empty(refused.Response.Headers.WwwAuthenticate);
            Assert.False(refused.Response.Headers.Contains("Access-Control-Allow-Origin"));
        }

        await browser.SendAsync(HttpMethod.Delete, $"{server.Url}/console/session", page, mode)
            .ExpectErrorAsync(403, 20403);
        await browser.GetAsync(server.Url + Messages).ExpectAsync(200);
    }

    [Theory]
    [InlineData("https://evil.example", "cors")]
    [InlineData("https://evil.example", "no-cors")]
    [InlineData("https://evil.example", "navigate")]
    [InlineData(OtherPort, "cors")]
    [InlineData(OtherPort, "no-cors")]
    [InlineData(OtherPort, "navigate")]
    public async Task Another_page_reads_nothing_not_as_a_picture_either(string page, string mode)
    {
        using var browser = await SignedInAsync();
        foreach (var path in (string[])[Messages, "/emulator/v1/Clock", "/console/session", "/nowhere"])
        {
            var refused = await browser.SendAsync(HttpMethod.Get, server.Url + path, page, mode)
                .ExpectErrorAsync(403, 20403);
            Assert.Empty(refused.Response.Headers.WwwAuthenticate);
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("same-site")]
    [InlineData("cross-site")]
    [InlineData("Same-Origin")]
    public async Task Only_same_origin_is_the_same_origin(string site)
    {
        using var browser = await SignedInAsync();

        await browser.GetAsync(server.Url + Messages, ("Sec-Fetch-Site", site)).ExpectErrorAsync(403, 20403);
    }

    [Fact]
    public async Task A_browser_that_does_not_say_where_it_is_may_only_read()
    {
        using var browser = await SignedInAsync(saysWhereItIs: false);
        await browser.GetAsync(server.Url + Messages).ExpectAsync(200);
        using var plain = server.Client();
        plain.DefaultRequestHeaders.Add(
            "Cookie", string.Join("; ", browser.CookiesOf(server.Url).Select(cookie => cookie.ToString())));

        await plain.Api.GetAsync("/v1/Services").ExpectAsync(200);
        await plain.Api.PostAsync("/v1/Services", ("FriendlyName", "Plain")).ExpectErrorAsync(403, 20403);
        await plain.Api.DeleteAsync("/console/session").ExpectErrorAsync(403, 20403);
    }

    [Theory]
    [InlineData("{0}", 201)]
    [InlineData("{0}/", 403)]
    [InlineData("{0}0", 403)]
    [InlineData("http://localhost:{1}", 403)]
    [InlineData("https://127.0.0.1:{1}", 403)]
    [InlineData("http://127.0.0.1", 403)]
    [InlineData("http://127.0.0.1.evil.example:{1}", 403)]
    public async Task The_origin_must_be_exactly_the_requests_own(string origin, int status)
    {
        using var browser = await SignedInAsync(saysWhereItIs: false);
        var page = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, origin, server.Url, new Uri(server.Url).Port);

        await browser.SendAsync(HttpMethod.Post, $"{server.Url}/v1/Services", page, form: [("FriendlyName", "One")])
            .ExpectAsync(status);
    }

    [Fact]
    public async Task The_cookie_gives_no_page_the_right_to_read_an_answer()
    {
        using var browser = await SignedInAsync();

        var answer = await browser.GetAsync($"{server.Url}/v1/Services", ("Origin", server.Url)).ExpectAsync(200);

        Assert.DoesNotContain(
            answer.Response.Headers,
            header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_rebound_host_name_gets_nothing_with_the_token_that_everybody_knows(
        bool hasOrigin, bool hasFetchHeaders)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Options, HttpMethod.Delete])
        {
            foreach (var path in (string[])["/v1/Services", "/emulator/v1/Clock", "/console/session", "/console", "/"])
            {
                using HttpRequestMessage request = new(method, path);
                request.Headers.Host = "rebound.evil.example";
                if (hasOrigin) request.Headers.Add("Origin", "http://rebound.evil.example");
                if (hasFetchHeaders)
                {
                    request.Headers.Add("Sec-Fetch-Site", "same-origin");
                    request.Headers.Add("Sec-Fetch-Mode", "cors");
                }

                using var answer = await server.Http.SendAsync(request);

                Assert.Equal(403, (int)answer.StatusCode);
                Assert.False(answer.Headers.Contains("Set-Cookie"));
            }
        }
    }

    private async Task<Browser> SignedInAsync(bool saysWhereItIs = true)
    {
        Browser browser = new() { SaysWhereItIs = saysWhereItIs };
        await browser.SignInAsync(server.Url, MessagingServer.AccountSid, MessagingServer.AuthToken);
        return browser;
    }
}
