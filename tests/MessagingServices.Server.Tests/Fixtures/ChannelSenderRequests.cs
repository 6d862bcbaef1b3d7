using System.Net.Http.Headers;
using System.Text;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Requests with JSON, and those on WhatsApp and RCS senders.</summary>
internal static class ChannelSenderRequests
{
    public const string Senders = "/v2/Channels/Senders";
    private const string Emulated = "/emulator/v1/ChannelSenders";

    private static int lastAgent;

    /// <summary>An RCS agent that no other test has.</summary>
    public static string NewAgent() => $"rcs:agent_{Interlocked.Increment(ref lastAgent)}";

    public static Task<Answer> PostJsonAsync(this MessagingServer server, string path, string json) => server.Http.PostJsonAsync(path, json);

    public static Task<Answer> PostJsonAsync(this HttpClient client, string path, string json) =>
        client.PostBytesAsync(path, Encoding.UTF8.GetBytes(json), "application/json");

    public static async Task<Answer> PostBytesAsync(this HttpClient client, string path, byte[] body, string type)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await Answer.ReadAsync(await client.PostAsync(path, content));
    }

    public static async Task<string> NewChannelSenderAsync(this MessagingServer server, string? senderId = null) =>
        (await server.PostJsonAsync(Senders, $$"""{"sender_id": "{{senderId ?? NewAgent()}}"}""").ExpectAsync(202))["sid"]!;

    /// <summary>Sets the countries in which a sender is approved.</summary>
    public static Task<Answer> ApproveAsync(this MessagingServer server, string sid, params string[] countries) =>
        server.PostAsync($"{Emulated}/{sid}", [.. countries.Select(country => ("ApprovedCountries", country))]);

    public static Task<Answer> AddChannelSenderAsync(this MessagingServer server, string service, string sender) =>
        server.PostAsync($"{Requests.Services}/{service}/ChannelSenders", ("Sid", sender));
}
