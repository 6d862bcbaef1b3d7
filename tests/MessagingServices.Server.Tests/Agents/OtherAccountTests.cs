using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Agents;

/// <summary>An agent reaches nothing of another account, not even of its own account's parent or subaccounts.</summary>
public sealed class OtherAccountTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Phone = "+14155550194";

    [Fact]
    public async Task Another_accounts_things_are_as_if_they_did_not_exist()
    {
        var (other, theirs) = await server.NewAgentAsync();
        await using var first = theirs;
        var (_, agent) = await server.NewAgentAsync();
        await using var second = agent;
        await using var parent = await AgentClient.ConnectAsync(server.Http);
        var number = await other.Api.Numbers.CreateNewAsync();
        var sid = await other.Api.Messages.SendAsync(("From", number), ("To", Phone), ("Body", "Secret"));
        var rule = (await theirs.CallAsync("set_fault", ("family", "carrier")))["created"]!.ToString();
        var before = (await theirs.CallAsync("move_clock", ("freeze", true)))["now"]!.ToString();

        foreach (var stranger in (AgentClient[])[agent, parent])
        {
            Assert.DoesNotContain((await stranger.CallAsync("search_messages"))["messages"]!.AsArray(), Is(sid));
            Assert.DoesNotContain((await stranger.CallAsync("set_fault"))["rules"]!.AsArray(), Is(rule));
            var none = await stranger.FailAsync(
                404, 20404, "wait_for_message", ("to", Phone), ("containing", "Secret"), ("timeout", 0));
            Assert.DoesNotContain(sid, none["message"]!.ToString(), StringComparison.Ordinal);
            await AreAlikeAsync(stranger, "explain_message", "sid", sid);
            await AreAlikeAsync(stranger, "set_fault", "delete", rule);
            await stranger.FailAsync(
                400, 21606, "send_from_handset", ("from", Phone), ("to", number), ("body", "Hi"));
            await stranger.CallAsync("move_clock", ("advance", "PT1S"));
        }

        Assert.Equal(before, (await theirs.CallAsync("move_clock"))["now"]!.ToString());
        Assert.Contains((await theirs.CallAsync("set_fault"))["rules"]!.AsArray(), Is(rule));
        Assert.Contains((await theirs.CallAsync("search_messages"))["messages"]!.AsArray(), Is(sid));
        await agent.FailAsync(403, 20403, "create_account");
    }

    private static Predicate<JsonNode?> Is(string sid) => item => item!["sid"]!.ToString() == sid;

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
