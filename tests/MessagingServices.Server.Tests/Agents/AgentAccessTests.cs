using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Agents;

/// <summary>
/// Who may call <c>/mcp</c>: those who may call the emulator API, and programs on the server's own machine.
/// </summary>
public sealed class AgentAccessTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    internal const string ListTools = """{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}""";
    private const string Data = "data: ";

    [Fact]
    public async Task A_program_on_this_machine_needs_no_credentials_while_the_default_token_holds()
    {
        using var nobody = server.Client();
        await using var agent = await AgentClient.ConnectAsync(nobody);

        var connection = await agent.CallAsync("get_connection");

        Assert.Equal(MessagingServer.AccountSid, connection["credentials"]!["account_sid"]!.ToString());
    }

    [Theory]
    [InlineData("Host", "192.0.2.7", 401)]
    [InlineData("Host", "messaging", 401)]
    [InlineData("X-Forwarded-For", "192.0.2.7", 401)]
    [InlineData("Via", "1.1 proxy", 401)]
    [InlineData("Origin", "http://127.0.0.1:3000", 401)]
    [InlineData("Sec-Fetch-Site", "cross-site", 401)]
    [InlineData("Host", "rebound.example.com", 403)]
    [InlineData("Origin", "https://example.com", 403)]
    [InlineData("Origin", "null", 403)]
    public async Task Others_need_credentials_or_are_refused(string header, string value, int status)
    {
        using var nobody = server.Client();

        using var response = await SendAsync(nobody, ListTools, (header, value));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_page_of_another_origin_is_refused_with_credentials_too()
    {
        using var response = await SendAsync(server.Http, ListTools, ("Origin", "https://example.com"));
        using HttpRequestMessage preflight = new(HttpMethod.Options, "/mcp")
        {
            Headers = { { "Origin", "http://localhost:3000" }, { "Access-Control-Request-Method", "POST" } },
        };
        using var answer = await server.Http.SendAsync(preflight);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(answer.IsSuccessStatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(MessagingServer.AccountSid, "wrong")]
    [InlineData("AC0000000000000000000000000000ffff", "0123456789abcdef0123456789abcdef")]
    [InlineData("SK0000000000000000000000000000ffff", "secret")]
    [InlineData("", "")]
    public async Task Wrong_credentials_are_401(string username, string password)
    {
        using var stranger = server.Client(username, password);

        var response = await ApiResponse.ReadAsync(await SendAsync(stranger, ListTools));

        Assert.Equal((401, "20003"), (response.Status, response["code"]));
        Assert.Equal("Basic", response.Response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Keys_may_do_what_they_may_do_elsewhere()
    {
        var (account, agent) = await server.NewAgentAsync();
        await agent.DisposeAsync();
        var standard = await account.Api.PostAsync($"/2010-04-01/Accounts/{account.Sid}/Keys.json").ExpectAsync(201);
        using var key = server.Client(standard["sid"], standard["secret"]);
        await using var own = await AgentClient.ConnectAsync(key);

        var credentials = (await own.CallAsync("get_connection"))["credentials"]!;
        Assert.Equal((null, standard["sid"], standard["secret"]),
            (credentials["auth_token"]?.ToString(), credentials["api_key"]!.ToString(),
                credentials["api_secret"]!.ToString()));
        var check = await own.CallAsync("check_signature", ("url", "https://example.com/"), ("signature", "x"));
        Assert.Null(check["expected_signature"]);
        await own.FailAsync(401, 20003, "create_account");
    }

    [Fact]
    public async Task A_wait_ends_when_the_account_is_suspended()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        var waiting = agent.FailAsync(403, 20005, "wait_for_message", ("containing", "never"), ("timeout", 60));

        await server.PostAsync($"/2010-04-01/Accounts/{account.Sid}.json", ("Status", "suspended")).ExpectAsync(200);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        var refused = await ApiResponse.ReadAsync(await SendAsync(account.Http, ListTools));
        Assert.Equal((403, "20005"), (refused.Status, refused["code"]));
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused()
    {
        var method = new string('a', 600_000);

        var large = await ApiResponse.ReadAsync(
            await SendAsync(server.Http, $$"""{"jsonrpc": "2.0", "id": 1, "method": "{{method}}"}"""));

        Assert.Equal((413, "20413"), (large.Status, large["code"]));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task There_are_no_sessions(string method)
    {
        using var nobody = server.Client();

        using var response = await nobody.SendAsync(new(new(method), "/mcp"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Request_rules_do_not_hit_it()
    {
        var (account, agent) = await server.NewAgentAsync();
        await using var _ = agent;
        await agent.CallAsync("set_fault", ("family", "request"), ("effect", new { StatusCode = 503 }));

        var rules = await agent.CallAsync("set_fault");

        Assert.Single(rules["rules"]!.AsArray());
        Assert.Equal(503, (await account.Api.GetAsync("/v1/Services")).Status);
    }

    internal static Task<HttpResponseMessage> SendAsync(
        HttpClient client, string message, params (string Name, string Value)[] headers)
    {
        HttpRequestMessage request = new(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(message, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return client.SendAsync(request);
    }

    /// <summary>The message in a response, which is a stream with one event.</summary>
    internal static async Task<JsonNode> MessageAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var data = text.Split('\n').Single(line => line.StartsWith(Data, StringComparison.Ordinal));
        return JsonNode.Parse(data[Data.Length..])!;
    }
}
