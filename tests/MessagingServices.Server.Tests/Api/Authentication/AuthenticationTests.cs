using MessagingServices.Server.Tests.Fixtures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MessagingServices.Server.Tests.Api.Authentication;

/// <summary>Everything without the right credentials is 401 with code 20003, and says no more than that.</summary>
public sealed class AuthenticationTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string NotValidFor = "authentication failed, auth token is not valid for account ";
    private const string Other = "AC000000000000000000000000000000ff";
    private static readonly string Messages = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json";

    [Theory]
    [InlineData(null, null, "Authentication Error - No credentials provided")]
    [InlineData("nobody", "x", "Authentication Error - invalid username")]
    [InlineData(Other, MessagingServer.AuthToken, NotValidFor + Other)]
    [InlineData(MessagingServer.AccountSid, "wrong", NotValidFor + MessagingServer.AccountSid)]
    [InlineData(MessagingServer.AccountSid, "", NotValidFor + MessagingServer.AccountSid)]
    [InlineData("AC000000000000000000000000000000FF", "x", NotValidFor + "AC000000000000000000000000000000FF")]
    [InlineData("SK000000000000000000000000000000ff", "x", "Authenticate")]
    [InlineData("MG000000000000000000000000000000ff", "x", "Authentication Error - invalid username")]
    public async Task Wrong_credentials_are_refused_as_twilio_words_it(
        string? username, string? password, string message)
    {
        using var client = server.Client(username, password);

        var answer = await ApiResponse.ReadAsync(await client.GetAsync(Messages));

        Assert.Equal(401, answer.Status);
        Assert.Equal("20003", answer["code"]);
        Assert.Equal(message, answer["message"]);
        Assert.Equal(["code", "message", "more_info", "status"], answer.Body.Names());
        Assert.Equal("20003", answer.Response.Headers.GetValues("X-Twilio-Error-Code").Single());
        Assert.Equal("https://www.twilio.com/docs/errors/20003", answer["more_info"]);
        Assert.Equal("401", answer["status"]);
        Assert.Equal("Basic realm=\"Twilio API\"", answer.Response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task An_unknown_account_and_a_wrong_token_cost_one_read_of_the_accounts_each()
    {
        using var unknown = server.Client(Other, "wrong");
        using var wrong = server.Client(MessagingServer.AccountSid, "wrong");
        // Now the server remembers the account.
        Assert.Equal(200, (await server.GetAsync(Messages)).Status);
        List<Task<HttpResponseMessage>> refused;
        await using (await TableLock.OfAsync(server.ConnectionString, "accounts"))
        {
            refused = [unknown.GetAsync(Messages), wrong.GetAsync(Messages)];
            await Eventually.TrueAsync(
                async () => await Sql.ScalarAsync(server.ConnectionString,
                    "SELECT count(*) FROM pg_locks WHERE relation = 'accounts'::regclass AND NOT granted") is 2L,
                () => "Not both read the accounts.");
        }

        foreach (var answer in refused) Assert.Equal(401, (int)(await answer).StatusCode);
    }

    [Fact]
    public async Task An_account_in_the_path_costs_one_read_whether_it_exists_or_not()
    {
        using var caller = await server.OtherAccountAsync();
        using var foreign = await server.OtherAccountAsync();
        // Now the server remembers both accounts.
        foreach (var account in new[] { foreign, caller })
            Assert.Equal(200, (int)(await account.GetAsync(MessagesOf(OtherAccount.SidOf(account)))).StatusCode);
        List<Task<HttpResponseMessage>> refused;
        await using (await TableLock.OfAsync(server.ConnectionString, "accounts"))
        {
            refused = [caller.GetAsync(MessagesOf(OtherAccount.SidOf(foreign))), caller.GetAsync(MessagesOf(Other))];
            await Eventually.TrueAsync(
                async () => await Sql.ScalarAsync(server.ConnectionString,
                    "SELECT count(*) FROM pg_locks WHERE relation = 'accounts'::regclass AND NOT granted") is 2L,
                () => "Not both read the accounts.");
        }

        foreach (var answer in refused) Assert.Equal(401, (int)(await answer).StatusCode);

        static string MessagesOf(string account) => $"/2010-04-01/Accounts/{account}/Messages.json";
    }

    [Fact]
    public async Task Another_accounts_sid_in_the_path_is_401()
    {
        var answer = await server.GetAsync($"/2010-04-01/Accounts/{Other}/Messages.json");

        Assert.Equal((401, "20003"), (answer.Status, answer["code"]));
    }

    [Fact]
    public async Task The_right_credentials_are_let_in() => Assert.Equal(200, (await server.GetAsync(Messages)).Status);

    [Theory]
    [InlineData("GET", "/nowhere")]
    [InlineData("GET", "/v1/Nothing")]
    [InlineData("DELETE", "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json")]
    [InlineData("POST", "/m/0000000")]
    [InlineData("GET", "/v1/Services")]
    [InlineData("GET", "/v2/Channels/Senders")]
    [InlineData("GET", "/v1/Content")]
    [InlineData("GET", "/content/v1/Content")]
    [InlineData("POST", "/emulator/v1/Reset")]
    [InlineData("GET", "/emulator/v1/Clock")]
    [InlineData("HEAD", "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages/MM00000000000000000000000000000001/Media/ME00000000000000000000000000000001")]
    public async Task Without_credentials_nothing_is_told_not_even_what_there_is(string method, string path)
    {
        using var client = server.Client();

        using var answer = await client.SendAsync(new HttpRequestMessage(new(method), path));

        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_2010_api_refuses_in_xml_too()
    {
        using var client = server.Client();

        var answer = await ApiResponse.ReadAsync(await client.GetAsync(Messages.Replace(".json", "",
            StringComparison.Ordinal)));

        Assert.Equal(401, answer.Status);
        Assert.Contains("<RestException><Code>20003</Code>", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("basic {0}", 200)]
    [InlineData("BASIC   {0}", 200)]
    [InlineData("Basic", 401)]
    [InlineData("Basic ", 401)]
    [InlineData("Basic !!!", 401)]
    [InlineData("Basic {1}", 401)]
    [InlineData("Bearer {0}", 401)]
    [InlineData("Basic {0}, Basic {0}", 401)]
    public async Task The_header_is_read_strictly(string header, int status)
    {
        using var client = server.Client();
        var (right, withoutColon) = (Base64($"{MessagingServer.AccountSid}:{MessagingServer.AuthToken}"),
            Base64(MessagingServer.AccountSid));
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization",
            string.Format(System.Globalization.CultureInfo.InvariantCulture, header, right, withoutColon));

        Assert.Equal(status, (int)(await client.GetAsync(Messages)).StatusCode);

        static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public void Only_these_are_for_everybody()
    {
        var forEverybody = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!.Split('{')[0]);

        Assert.Equal(
            [
                "/deactivations/", "/livez", "/m/", "/media/", "/metrics", "/readyz", "console/session",
                "emulator/v1/Environment/",
            ],
            forEverybody.Distinct().Order(StringComparer.Ordinal));
    }
}
