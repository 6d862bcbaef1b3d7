using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Agents;

/// <summary>
/// An agent reaches nothing of another account by any tool, not even of its own account's parent or subaccounts.
/// </summary>
public sealed class OtherAccountTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Phone = "+14155550194";
    private const string Url = "https://example.com/sms";

    [Theory]
    [InlineData("another subaccount")]
    [InlineData("a key of another subaccount")]
    [InlineData("the parent")]
    [InlineData("a key of the parent")]
    [InlineData("another parent")]
    public async Task Another_accounts_things_are_as_if_they_did_not_exist(string stranger)
    {
        var (other, theirs) = await server.NewAgentAsync();
        await using var first = theirs;
        using var client = await ClientOfAsync(stranger);
        await using var agent = await AgentClient.ConnectAsync(client);
        var number = await other.Api.Numbers.CreateNewAsync();
        var sid = await other.Api.Messages.SendAsync(("From", number), ("To", Phone), ("Body", "Secret"));
        await other.Api.Messages.UntilAsync(sid, "delivered");
        var fault = await theirs.CallAsync("set_fault", ("family", "carrier"), ("effect", new { DelayMs = 100 }));
        var rule = fault["created"]!.ToString();
        var before = (await theirs.CallAsync("move_clock", ("freeze", true)))["now"]!.ToString();
        string[] secrets = [other.AuthToken, other.Sid, number, sid, rule, "Secret"];

        await SeesNothingAsync(await agent.CallAsync("get_connection"));
        await SeesNothingAsync(await agent.CallAsync("search_messages"));
        await SeesNothingAsync(await agent.CallAsync("search_messages", ("query", $"to:{Phone}")));
        await SeesNothingAsync(await agent.CallAsync("set_fault"));
        await SeesNothingAsync(await agent.CallAsync("move_clock", ("advance", "PT1S")));
        await SeesNothingAsync(await agent.FailAsync(
            404, 20404, "wait_for_message", ("to", Phone), ("containing", "ecre"), ("timeout", 0)));
        await AreAlikeAsync(agent, "explain_message", "sid", sid);
        await AreAlikeAsync(agent, "set_fault", "delete", rule);
        await agent.FailAsync(400, 21606, "send_from_handset", ("from", Phone), ("to", number), ("body", "Hi"));
        var signature = RequestSignature.Compute(other.AuthToken, Url, new Dictionary<string, string>());
        var check = await agent.CallAsync("check_signature", ("url", Url), ("signature", signature));
        Assert.Equal((false, false), ((bool)check["valid"]!, check.ToJsonString().Contains(signature[..20])));

        Assert.Equal(before, (await theirs.CallAsync("move_clock"))["now"]!.ToString());
        var left = await theirs.CallAsync("set_fault");
        Assert.Equal(rule, Assert.Single(left["rules"]!.AsArray())!["sid"]!.ToString());
        Assert.Single((await theirs.CallAsync("search_messages"))["messages"]!.AsArray());

        Task SeesNothingAsync(JsonNode answer)
        {
            var text = answer.ToJsonString();
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_subaccount_makes_no_accounts()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;

        await agent.FailAsync(403, 20403, "create_account", ("name", $"By {account.Sid}"));

        var made = await server.GetAsync($"/2010-04-01/Accounts.json?FriendlyName=By {account.Sid}").ExpectAsync(200);
        Assert.Empty(made.Body!["accounts"]!.AsArray());
    }

    private async Task<HttpClient> ClientOfAsync(string stranger) => stranger switch
    {
        "another subaccount" => (await TestAccount.CreateAsync(server.Http)).Http,
        "a key of another subaccount" => await KeyOfAsync((await TestAccount.CreateAsync(server.Http)).Http),
        "the parent" => server.Client(MessagingServer.AccountSid, MessagingServer.AuthToken),
        "a key of the parent" => await KeyOfAsync(server.Http),
        "another parent" => await server.OtherAccountAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(stranger), stranger, null),
    };

    private async Task<HttpClient> KeyOfAsync(HttpClient account)
    {
        var path = $"/2010-04-01/Accounts/{OtherAccount.SidOf(account)}/Keys.json";
        var key = await account.Api.PostAsync(path).ExpectAsync(201);
        return server.Client(key["sid"], key["secret"]);
    }

    /// <summary>What another account has and what nobody has get the same error.</summary>
    private static async Task AreAlikeAsync(AgentClient agent, string tool, string parameter, string sid)
    {
        var missing = $"{sid[..^1]}{(sid[^1] == '0' ? '1' : '0')}";

        var (existing, unknown) = (
            await agent.FailAsync(404, 20404, tool, (parameter, sid)),
            await agent.FailAsync(404, 20404, tool, (parameter, missing)));

        Assert.Equal(unknown.ToJsonString().Replace(missing, sid, StringComparison.Ordinal), existing.ToJsonString());
    }
}
