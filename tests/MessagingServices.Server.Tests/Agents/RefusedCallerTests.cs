using System.Text.Json;
using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Agents;

/// <summary>A caller that is refused is so by every tool, before the tool does anything.</summary>
public sealed class RefusedCallerTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Phone = "+14155550189";

    private static readonly (string Tool, object Arguments)[] Calls =
    [
        ("get_connection", new { }),
        ("create_account", new { name = "Refused" }),
        ("send_from_handset", new { from = Phone, to = "+14155550188", body = "Refused" }),
        ("wait_for_message", new { to = Phone, timeout = 0 }),
        ("search_messages", new { }),
        ("explain_message", new { sid = "SM00000000000000000000000000000001" }),
        ("check_signature", new { url = "https://example.com/", signature = "x" }),
        ("set_fault", new { family = "request", effect = new { StatusCode = 503 } }),
        ("move_clock", new { freeze = true }),
    ];

    [Theory]
    [InlineData("a restricted key", 403, "70051")]
    [InlineData("test credentials", 403, "20008")]
    [InlineData("a wrong token", 401, "20003")]
    [InlineData("a wrong secret", 401, "20003")]
    [InlineData("a revoked key", 401, "20003")]
    [InlineData("a suspended account", 403, "20005")]
    [InlineData("nobody from another host", 401, "20003")]
    [InlineData("a foreign origin", 403, "20403")]
    [InlineData("a foreign host", 403, "20403")]
    public async Task Every_tool_refuses(string caller, int status, string code)
    {
        var account = await TestAccount.CreateAsync(server.Http);
        await account.Api.Numbers.CreateAsync("+14155550188");
        var (client, headers) = await CallerAsync(caller, account);

        foreach (var (tool, arguments) in Calls)
        {
            var call = JsonSerializer.Serialize(new
            {
                jsonrpc = "2.0", id = 1, method = "tools/call", @params = new { name = tool, arguments },
            });
            var answer = await ApiResponse.ReadAsync(await AgentAccessTests.SendAsync(client, call, headers));
            Assert.Equal((tool, status, code), (tool, answer.Status, answer["code"]));
        }

        client.Dispose();
        var parent = $"/2010-04-01/Accounts/{account.Sid}";
        Assert.Empty((await ListAsync($"{parent}/Messages.json"))["messages"]!.AsArray());
        Assert.Empty((await ListAsync("/2010-04-01/Accounts.json?FriendlyName=Refused"))["accounts"]!.AsArray());
        Assert.Empty((await ListAsync("/emulator/v1/RequestRules"))["request_rules"]!.AsArray());
        Assert.False((bool)(await ListAsync("/emulator/v1/Clock"))["frozen"]!);
    }

    private async Task<JsonNode> ListAsync(string path) => (await server.GetAsync(path).ExpectAsync(200)).Body!;

    private async Task<(HttpClient Client, (string, string)[] Headers)> CallerAsync(string caller, TestAccount account)
    {
        switch (caller)
        {
            case "a restricted key":
                var restricted = await account.Api.PostAsync(
                    "/iam/v1/Keys", ("AccountSid", account.Sid), ("KeyType", "restricted"),
                    ("Policy", """{"allow": ["/twilio/messaging/messages/list"]}""")).ExpectAsync(201);
                return (server.Client(restricted["sid"], restricted["secret"]), []);
            case "a wrong secret":
                return (server.Client((await KeyAsync(account))["sid"], "wrong"), []);
            case "a revoked key":
                var key = await KeyAsync(account);
                await account.Api.DeleteAsync($"/2010-04-01/Accounts/{account.Sid}/Keys/{key["sid"]}.json")
                    .ExpectAsync(204);
                return (server.Client(key["sid"], key["secret"]), []);
            case "a suspended account":
                await server.PostAsync($"/2010-04-01/Accounts/{account.Sid}.json", ("Status", "suspended"))
                    .ExpectAsync(200);
                return (server.Client(account.Sid, account.AuthToken), []);
            case "test credentials":
                return (server.Client("AC00000000000000000000000000000002", "fedcba9876543210fedcba9876543210"), []);
            case "a wrong token":
                return (server.Client(account.Sid, MessagingServer.AuthToken), []);
            case "nobody from another host":
                return (server.Client(), [("Host", "192.0.2.7")]);
            case "a foreign origin":
                return (server.Client(account.Sid, account.AuthToken), [("Origin", "https://example.com")]);
            case "a foreign host":
                return (server.Client(account.Sid, account.AuthToken), [("Host", "rebound.example.com")]);
            default:
                throw new ArgumentOutOfRangeException(nameof(caller), caller, null);
        }
    }

    private static Task<ApiResponse> KeyAsync(TestAccount account) =>
        account.Api.PostAsync($"/2010-04-01/Accounts/{account.Sid}/Keys.json").ExpectAsync(201);
}
