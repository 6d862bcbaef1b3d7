using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.WebConsole;

/// <summary>
/// While the default Auth Token holds, a browser on the server's own machine signs in by itself, and no other one does.
/// </summary>
public sealed class AutomaticSignInTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private string Session => $"{server.Url}/console/session";

    [Theory]
    [InlineData(null)]
    [InlineData("localhost:8080")]
    [InlineData("[::1]:8080")]
    public async Task A_browser_on_this_machine_signs_in_by_itself(string? host)
    {
        using Browser browser = new();

        var answer = await browser.GetAsync(Session, host is null ? [] : [("Host", host)]).ExpectAsync(200);

        Assert.Equal(MessagingServer.AccountSid, answer["account_sid"]);
        Assert.True(answer.Response.Headers.Contains("Set-Cookie"));
        if (host is not null) return;
        await browser.PostAsync($"{server.Url}/v1/Services", ("FriendlyName", "By itself")).ExpectAsync(201);
        var again = await browser.GetAsync(Session).ExpectAsync(200);
        Assert.Equal(MessagingServer.AccountSid, again["account_sid"]);
        Assert.False(again.Response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("Host", "192.0.2.7")]
    [InlineData("Host", "messaging")]
    [InlineData("Host", "host.docker.internal")]
    [InlineData("Forwarded", "for=192.0.2.7")]
    [InlineData("X-Forwarded-For", "192.0.2.7")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Forwarded-Port", "80")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "http://127.0.0.1:3000")]
    public async Task Others_get_the_form_with_the_credentials_that_everybody_knows(string header, string value)
    {
        using Browser browser = new();

        var answer = await browser.GetAsync(Session, (header, value)).ExpectAsync(200);

        Assert.Null(answer["account_sid"]);
        Assert.False(answer.Response.Headers.Contains("Set-Cookie"));
        var offered = answer.Body!["default_credentials"]!;
        Assert.Equal((MessagingServer.AccountSid, MessagingServer.AuthToken),
            (offered["username"]!.ToString(), offered["password"]!.ToString()));
    }
}
