using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.V2010;

/// <summary>Everything without the right credentials is 401 with code 20003, and says no more than that.</summary>
public sealed class AuthenticationTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Other = "AC000000000000000000000000000000ff";
    private static readonly string Messages = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json";

    [Theory]
    [InlineData(null, null, "Authentication Error - No credentials provided")]
    [InlineData("nobody", "x", "Authentication Error - invalid username")]
    [InlineData(Other, MessagingServer.AuthToken, "Authentication Error - invalid username")]
    [InlineData(MessagingServer.AccountSid, "wrong", "Authenticate")]
    [InlineData(MessagingServer.AccountSid, "", "Authenticate")]
    public async Task Wrong_credentials_are_refused_as_twilio_words_it(string? username, string? password, string message)
    {
        using var client = server.Client(username, password);

        var answer = await Answer.ReadAsync(await client.GetAsync(Messages));

        Assert.Equal(401, answer.Status);
        Assert.Equal("20003", answer["code"]);
        Assert.Equal(message, answer["message"]);
        Assert.Equal("Your AccountSid or AuthToken was incorrect.", answer["detail"]);
        Assert.Equal("https://www.twilio.com/docs/errors/20003", answer["more_info"]);
        Assert.Equal("401", answer["status"]);
        Assert.Equal("Basic realm=\"Twilio API\"", answer.Response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Another_accounts_sid_in_the_path_is_401()
    {
        var answer = await server.GetAsync($"/2010-04-01/Accounts/{Other}/Messages.json");

        Assert.Equal((401, "20003"), (answer.Status, answer["code"]));
    }

    [Fact]
    public async Task The_right_credentials_are_let_in() => Assert.Equal(200, (await server.GetAsync(Messages)).Status);
}
