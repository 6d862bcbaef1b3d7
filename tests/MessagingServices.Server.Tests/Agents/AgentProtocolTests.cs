using System.Text;
using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;
using NJsonSchema;

namespace MessagingServices.Server.Tests.Agents;

/// <summary>What goes over the wire, as <c>curl</c> sees it, and the contract of the tools.</summary>
public sealed class AgentProtocolTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly Dictionary<string, string[]> Contract = new()
    {
        ["get_connection"] = ["language"],
        ["create_account"] = ["name", "seed"],
        ["send_from_handset"] = ["from", "to", "body"],
        ["wait_for_message"] = ["to", "containing", "status", "timeout"],
        ["search_messages"] = ["query", "page"],
        ["explain_message"] = ["sid"],
        ["check_signature"] = ["url", "parameters", "signature"],
        ["set_fault"] = ["family", "match", "effect", "times", "delete"],
        ["move_clock"] = ["advance", "next", "freeze"],
    };

    private static readonly string[] Senders = ["+14155550193"];

    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task Initialize_says_who_serves(string version)
    {
        var result = await CallAsync($$"""
            {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "{{version}}",
             "capabilities": {}, "clientInfo": {"name": "curl", "version": "8"} } }
            """);

        Assert.Equal((version, "messaging-services"),
            (result["protocolVersion"]!.ToString(), result["serverInfo"]!["name"]!.ToString()));
        Assert.NotNull(result["capabilities"]!["tools"]);
        Assert.Contains("/llms.txt", result["instructions"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tools_are_those_of_the_contract()
    {
        var tools = (await CallAsync("""{"jsonrpc": "2.0", "id": 2, "method": "tools/list"}"""))["tools"]!.AsArray();

        Assert.Equal(Contract.Keys, tools.Select(tool => tool!["name"]!.ToString()));
        Assert.All(tools, tool =>
        {
            Assert.Equal(Contract[tool!["name"]!.ToString()], tool["inputSchema"]!["properties"].Names());
            Assert.All(tool["inputSchema"]!["properties"]!.AsObject(),
                parameter => Assert.NotEqual("", parameter.Value!["description"]!.ToString()));
            Assert.Equal("object", tool["outputSchema"]!["type"]!.ToString());
        });
    }

    [Fact]
    public async Task A_call_is_one_request()
    {
        var result = await CallAsync("""
            {"jsonrpc": "2.0", "id": 3, "method": "tools/call",
             "params": {"name": "get_connection", "arguments": {"language": "curl"}}}
            """);

        Assert.Equal(server.Url, result["structuredContent"]!["url"]!.ToString());
        Assert.Equal(server.Url, JsonNode.Parse(result["content"]![0]!["text"]!.ToString())!["url"]!.ToString());
    }

    [Theory]
    [InlineData("""{"name": "send_money", "arguments": {}}""", "Unknown tool: 'send_money'. The tools are get_conn")]
    [InlineData("""{"name": "search_messages", "arguments": []}""", "arguments, an object")]
    [InlineData("""{"name": "search_messages", "arguments": "all"}""", "arguments, an object")]
    [InlineData("""{"name": 5}""", "name, a text")]
    [InlineData("{}", "name, a text")]
    [InlineData("[1]", "are an object")]
    [InlineData("null", "are an object")]
    public async Task A_call_of_no_tool_is_an_error_of_the_protocol(string call, string reason)
    {
        using var response = await AgentAccessTests.SendAsync(
            server.Http, $$"""{"jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": {{call}} }""");

        var error = (await AgentAccessTests.MessageAsync(response))["error"]!;
        Assert.Equal("-32602", error["code"]!.ToString());
        Assert.Contains(reason, error["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("\"tools/list\"")]
    [InlineData("""{"id": 1, "method": "tools/list"}""")]
    [InlineData("""[{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}]""")]
    public async Task What_is_no_message_is_refused(string text)
    {
        using var response = await AgentAccessTests.SendAsync(server.Http, text);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("not contain a valid JSON-RPC message", await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_that_is_not_sent_as_JSON_is_refused(string type)
    {
        var answer = await server.Api.PostBytesAsync("/mcp", Encoding.UTF8.GetBytes(AgentAccessTests.ListTools), type);

        Assert.Equal((400, "20001", "Content-Type must be application/json"),
            (answer.Status, answer["code"], answer["message"]));
    }

    [Fact]
    public async Task Every_result_is_as_its_schema_says()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        await using var app = await InboundApp.StartAsync();
        var number = await account.Api.Numbers.CreateNewAsync(("SmsUrl", app.AnswerTwiml("/sms", "")));
        var schemas = await agent.ToolsAsync();
        var service = await account.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var sid = await account.Api.Messages.SendAsync(
            ("MessagingServiceSid", service), ("To", "+14155550192"), ("Body", "Your code is 482913"),
            ("StatusCallback", app.AnswerStatus("/status", 500)));
        await account.Api.Messages.UntilAsync(sid, "delivered");
        await account.Api.Messages.WebhooksAsync(sid);

        await using var parent = await AgentClient.ConnectAsync(server.Http);
        await CheckAsync(parent, "create_account", ("seed", new
        {
            phone_numbers = new[] { new { PhoneNumber = "+14155550193" } },
            short_codes = new[] { new { ShortCode = "70193", IsoCountry = "US" } },
            messaging_services = new[] { new { FriendlyName = "Shop", senders = Senders } },
        }));
        await CheckAsync(agent, "get_connection");
        await CheckAsync(agent, "send_from_handset", ("from", "+14155550192"), ("to", number), ("body", "Hi"));
        await CheckAsync(agent, "wait_for_message", ("containing", "code"));
        await CheckAsync(agent, "search_messages");
        await CheckAsync(agent, "explain_message", ("sid", sid));
        await CheckAsync(agent, "check_signature", ("url", "https://example.com/"), ("signature", "x"));
        await CheckAsync(agent, "set_fault", ("family", "carrier"), ("match", new { To = "+1415*" }),
            ("effect", new { Outcome = "failed" }), ("times", 2));
        await CheckAsync(agent, "move_clock", ("advance", "PT1S"), ("freeze", true));

        async Task CheckAsync(AgentClient caller, string tool, params (string Name, object? Value)[] arguments)
        {
            var schema = await JsonSchema.FromJsonAsync(schemas[tool].OutputSchema!.Value.GetRawText());
            // Else a schema that says nothing would do.
            Assert.NotEmpty(schema.Properties);
            var result = (await caller.CallAsync(tool, arguments)).ToJsonString();
            var mistakes = schema.Validate(result);
            Assert.True(mistakes.Count == 0, $"{tool}: {string.Join(", ", mistakes)}");
        }
    }

    [Fact]
    public void The_examples_of_the_documentation_name_parameters_that_exist()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/agents.md"));

        foreach (var (tool, parameters) in Contract)
        {
            var section = page.Split($"### {tool}\n")[1].Split("\n##")[0];
            var examples = section.Split("```json\n")[1..].Select(part => JsonNode.Parse(part.Split("```")[0])!)
                .Where(example => example["advice"] is null).ToList();
            Assert.NotEmpty(examples);
            Assert.All(examples, example => Assert.Subset(parameters.ToHashSet(), example.Names().ToHashSet()));
            // The row of the table.
            Assert.All(parameters, parameter => Assert.Contains(
                $"`{parameter}`", page.Split($"| [`{tool}`]")[1].Split('\n')[0], StringComparison.Ordinal));
        }
    }

    private async Task<JsonNode> CallAsync(string message)
    {
        using var response = await AgentAccessTests.SendAsync(server.Http, message);
        return (await AgentAccessTests.MessageAsync(response))["result"]!;
    }
}
