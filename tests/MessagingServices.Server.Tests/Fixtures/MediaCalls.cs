using System.Text.Json.Nodes;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The media of messages, as tests ask for them.</summary>
internal static class MediaCalls
{
    /// <summary>The path of a message's media.</summary>
    public static string PathOf(string message) => Calls.Messages.Replace(".json", $"/{message}/Media", StringComparison.Ordinal);

    /// <summary>The media of a message, in the order of the list.</summary>
    public static async Task<JsonArray> MediaOfAsync(this MessagingServer server, string message) =>
        (await server.GetAsync($"{PathOf(message)}.json").ExpectAsync(200)).Body!["media_list"]!.AsArray();

    /// <summary>The bytes of the only medium of a message.</summary>
    public static async Task<byte[]> BytesOfAsync(this MessagingServer server, string message) =>
        await server.Http.GetByteArrayAsync($"{PathOf(message)}/{(await server.MediaOfAsync(message)).Single()!["sid"]}");

    /// <summary>A number that can send MMS.</summary>
    public static async Task<string> MmsNumberAsync(this MessagingServer server)
    {
        var number = Requests.NewNumber();
        await server.NewNumberSidAsync(number);
        return number;
    }

    /// <summary>Sends from a number and waits for the end; the message.</summary>
    public static async Task<Answer> SendMmsAsync(this MessagingServer server, string from, string to, params string[] media) =>
        await Calls.UntilAnyAsync(server.Http, await Calls.SendAsync(server.Http,
            [("To", to), ("From", from), ("Body", "Look"), .. media.Select(url => ("MediaUrl", url))]), "delivered", "failed", "undelivered");
}
