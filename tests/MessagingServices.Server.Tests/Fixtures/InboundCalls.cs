using System.Text.Json.Nodes;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>What the tests of messages that come in ask of a server.</summary>
internal static class InboundCalls
{
    private static int lastHandset;

    /// <summary>A handset that no other test has.</summary>
    public static Handset NewHandset(this MessagingServer server) => new(server, $"+1212{5_000_000 + Interlocked.Increment(ref lastHandset)}");

    /// <summary>Gives the account a number with these settings; the number.</summary>
    public static async Task<string> NumberAsync(this MessagingServer server, params (string Name, string Value)[] settings)
    {
        var number = Requests.NewNumber();
        await server.PostAsync(Calls.PhoneNumbers, [("PhoneNumber", number), .. settings]).ExpectAsync(201);
        return number;
    }

    /// <summary>The webhooks of a message, oldest first, once none is owed any more. Fails after half a minute.</summary>
    public static async Task<IReadOnlyList<JsonNode>> WebhooksAsync(this MessagingServer server, string message)
    {
        for (var tries = 0; ; tries++)
        {
            var webhooks = (await server.GetAsync($"/emulator/v1/Messages/{message}/Timeline").ExpectAsync(200)).Body!["webhooks"]!.AsArray();
            if (webhooks.Count > 0 && webhooks.All(webhook => webhook!["outcome"]!.ToString() != "pending")) return [.. webhooks.Select(webhook => webhook!)];
            Assert.True(tries < 1500, $"{message} has {webhooks.ToJsonString()}");
            await Task.Delay(20);
        }
    }

    /// <summary>Whether a request carries the signature of the account, as Twilio's SDKs compute it.</summary>
    public static bool IsSigned(this ReceivedRequest request) => request.Headers["X-Twilio-Signature"]
        == RequestSignature.Compute(MessagingServer.AuthToken, request.Url, request.Method == "POST" ? request.Form : []);
}
