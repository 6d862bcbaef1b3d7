using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>What the server has of Twilio, as JSON.</summary>
public sealed class FidelityTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Path = "/emulator/v1/Fidelity";

    [Fact]
    public async Task Every_operation_has_its_status_and_its_parameters()
    {
        var operations = (await server.GetAsync(Path).ExpectAsync(200)).Body!["operations"]!.AsArray();

        var messages = Find("api", "POST", "/2010-04-01/Accounts/{AccountSid}/Messages.json");
        Assert.Equal(["product", "method", "path", "status", "parameters"], messages.Names());
        Assert.Equal("behaves", messages["status"]!.ToString());
        Assert.Equal(("honoured", "kept"), (Parameter(messages, "To"), Parameter(messages, "RiskCheck")));
        Assert.Equal("ignored", Parameter(Find("conversations", "POST", "/v1/Conversations"), "Timers.Inactive"));
        Assert.Equal("shape_only",
            Find("api", "POST", "/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Feedback.json")["status"]!
                .ToString());
        var refused = Find("conversations", "POST", "/v1/Services");
        Assert.Equal("refused", refused["status"]!.ToString());
        Assert.Empty(refused["parameters"]!.AsArray());
        Assert.Equal("refused", Find("verify", "*", "/v2/*")["status"]!.ToString());

        JsonNode Find(string product, string method, string path) => operations.Single(operation =>
            (operation!["product"]!.ToString(), operation["method"]!.ToString(), operation["path"]!.ToString())
                == (product, method, path))!;
    }

    [Fact]
    public async Task It_needs_credentials()
    {
        using var nobody = server.Client();

        Assert.Equal(401, (int)(await nobody.GetAsync(Path)).StatusCode);
    }

    private static string Parameter(JsonNode operation, string name) =>
        operation["parameters"]!.AsArray().Single(parameter => parameter!["name"]!.ToString() == name)!["status"]!
            .ToString();
}
