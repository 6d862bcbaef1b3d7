using System.Text.Json;
using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace MessagingServices.Server.Tests.Agents;

/// <summary>An agent: the protocol's own client, over HTTP.</summary>
/// <param name="client">The connected client.</param>
internal sealed class AgentClient(McpClient client) : IAsyncDisposable
{
    /// <summary>Connects with the credentials of an HTTP client, or with none.</summary>
    public static async Task<AgentClient> ConnectAsync(HttpClient http)
    {
        HttpClientTransportOptions options =
            new() { Endpoint = new(http.BaseAddress!, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp };
        return new(await McpClient.CreateAsync(new HttpClientTransport(options, http)));
    }

    /// <summary>The tools, by their names.</summary>
    public async Task<IReadOnlyDictionary<string, Tool>> ToolsAsync() =>
        (await client.ListToolsAsync()).ToDictionary(tool => tool.Name, tool => tool.ProtocolTool);

    /// <summary>Calls a tool, and returns its result. Fails when it is an error.</summary>
    public async Task<JsonNode> CallAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, Given(arguments));
        Assert.True(result.IsError is not true, $"{tool}: {Text(result)}");
        // Clients that know no structured results read the same as text.
        var read = JsonNode.Parse(Text(result))!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(result.StructuredContent!.Value.GetRawText()), read));
        return read;
    }

    /// <summary>Calls a tool that must end with an error of Twilio's, and returns the error.</summary>
    public async Task<JsonNode> FailAsync(
        int status, int code, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, Given(arguments));
        Assert.True(result.IsError is true, $"{tool} is no error: {Text(result)}");
        var error = JsonNode.Parse(Text(result))!;
        Assert.Equal(($"{status}", $"{code}"), (error["status"]!.ToString(), error["code"]!.ToString()));
        Assert.Equal($"https://www.twilio.com/docs/errors/{code}", error["more_info"]!.ToString());
        return error;
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    // The client would write members in camel case.
    private static Dictionary<string, object?> Given((string Name, object? Value)[] arguments) =>
        arguments.ToDictionary(
            argument => argument.Name, argument => (object?)JsonSerializer.SerializeToElement(argument.Value));

    private static string Text(CallToolResult result) => ((TextContentBlock)Assert.Single(result.Content)).Text;
}

/// <summary>Connects agents to a server that tests share.</summary>
internal static class AgentsOfServers
{
    /// <summary>An agent with the credentials of a new account, in which nothing is.</summary>
    public static async Task<(TestAccount Account, AgentClient Agent)> NewAgentAsync(this MessagingServer server)
    {
        var account = await TestAccount.CreateAsync(server.Http);
        return (account, await AgentClient.ConnectAsync(account.Http));
    }
}
