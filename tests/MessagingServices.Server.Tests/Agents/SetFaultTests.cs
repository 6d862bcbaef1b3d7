using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Agents;

/// <summary>The tool <c>set_fault</c> makes the rules of all three families.</summary>
public sealed class SetFaultTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Phone = "+14155550191";

    [Fact]
    public async Task A_carrier_rule_lets_messages_fail_until_it_is_deleted()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        var number = await account.Api.Numbers.CreateNewAsync();

        var made = await agent.CallAsync(
            "set_fault", ("family", "carrier"), ("match", new { To = Phone }),
            ("effect", new { Outcome = "undelivered", ErrorCode = 30003 }), ("times", 5));

        Assert.Equal("undelivered 30003", await account.Api.Messages.OutcomeAsync(number, Phone));
        var rule = Assert.Single(made["rules"]!.AsArray())!;
        Assert.Equal(made["created"]!.ToString(), rule["sid"]!.ToString());
        Assert.Equal("""{"To":"+14155550191"} {"Outcome":"undelivered","ErrorCode":30003} 5""",
            $"{rule["match"]!.ToJsonString(Plain)} {rule["effect"]!.ToJsonString(Plain)} {rule["times"]}");
        var message = (await agent.CallAsync("search_messages"))["messages"]![0]!["sid"]!.ToString();
        var advice = (await agent.CallAsync("explain_message", ("sid", message)))["advice"]!.ToJsonString();
        Assert.Contains($"carrier rule {rule["sid"]}", advice, StringComparison.Ordinal);

        var left = await agent.CallAsync("set_fault", ("delete", rule["sid"]!.ToString()));
        Assert.Empty(left["rules"]!.AsArray());
        Assert.Equal("delivered", await account.Api.Messages.OutcomeAsync(number, Phone));
        await agent.FailAsync(404, 20404, "set_fault", ("delete", rule["sid"]!.ToString()));
    }

    [Fact]
    public async Task Rules_of_the_other_families_have_the_parameters_of_the_API()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;

        await agent.CallAsync(
            "set_fault", ("family", "webhook"), ("match", new { Kind = "status_callback", Percent = 12.5, Seed = 7 }),
            ("effect", new { Duplicate = true, DelayMs = "100" }));
        await agent.CallAsync(
            "set_fault", ("family", "request"), ("match", new { Method = "POST", Path = "/v1/Services" }),
            ("effect", new { StatusCode = 429, RetryAfter = 3.0m }), ("times", 1));
        var rules = (await agent.CallAsync("set_fault"))["rules"]!.AsArray();

        Assert.Equal(["request", "webhook"], rules.Select(rule => rule!["family"]!.ToString()));
        Assert.Equal(
            """{"Kind":"status_callback","Percent":12.5,"Seed":7} {"DelayMs":100,"Duplicate":true}""",
            $"{rules[1]!["match"]!.ToJsonString(Plain)} {rules[1]!["effect"]!.ToJsonString(Plain)}");
        var refused = await account.Api.PostAsync("/v1/Services", ("FriendlyName", "No")).ExpectErrorAsync(429, 20429);
        Assert.Equal("3", refused.Response.Headers.RetryAfter!.ToString());
        await account.Api.PostAsync("/v1/Services", ("FriendlyName", "Yes")).ExpectAsync(201);
    }

    [Theory]
    [InlineData("""{"match": {"To": "+14155550191"}}""", "family is required")]
    [InlineData("""{"family": "weather"}""", "family must be carrier, webhook, request")]
    [InlineData("""{"family": "carrier", "match": {"Url": "a"}, "effect": {"DelayMs": 1}}""", "no parameter 'Url'")]
    [InlineData("""{"family": "carrier", "match": "To"}""", "match must be an object")]
    [InlineData("""{"family": "carrier", "match": {"To": ["+14155550191"]}}""", "match.To must be a text")]
    [InlineData("""{"family": "carrier", "match": {"To": "a\u0000"}}""", "null character")]
    [InlineData("""{"family": "carrier", "effect": {"Outcome": "lost"}}""", "Outcome must be")]
    [InlineData("""{"family": "carrier", "match": {"DelayMs": 1}, "effect": {"DelayMs": 2}}""", "given twice")]
    [InlineData("""{"family": "webhook", "match": {"To": "+14155550191"}}""", "effect is required")]
    [InlineData("""{"family": "carrier"}""", "effect is required")]
    [InlineData("""{"family": "request", "effect": {}}""", "effect is required")]
    [InlineData("""{"family": "request", "effect": {"DelayMs": 1}, "times": 0}""", "times must be 1")]
    [InlineData("""{"family": "carrier", "delete": "CR00000000000000000000000000000001"}""", "delete is given alone")]
    [InlineData("""{"family": "carrier", "effects": {}}""", "no parameter 'effects', but family, match")]
    public async Task A_mistake_is_named_and_makes_no_rule(string arguments, string reason)
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        var given = JsonNode.Parse(arguments)!.AsObject().Select(member => (member.Key, (object?)member.Value));

        var error = await agent.FailAsync(400, 20001, "set_fault", [.. given]);

        Assert.Contains(reason, error["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Empty((await account.Api.GetAsync("/emulator/v1/CarrierRules")).Body!["carrier_rules"]!.AsArray());
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
