using System.Text.Json;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Requests that make, change and read opt-outs.</summary>
internal static class OptOutCalls
{
    public const string Consents = "/v1/Consents/Bulk";
    public const string List = "/emulator/v1/OptOuts";

    /// <summary>One item of a request to the Consent API, as JSON.</summary>
    public static string Item(string contact, string sender, string status = "opt-out", string? correlation = null) =>
        JsonSerializer.Serialize(new
        {
            contact_id = contact,
            correlation_id = correlation ?? Guid.NewGuid().ToString("N"),
            sender_id = sender,
            status,
            source = "website",
        });

    /// <summary>Opts a recipient out of a sender or Messaging Service, or in again.</summary>
    public static async Task ConsentAsync(HttpClient http, string contact, string sender, string status = "opt-out")
    {
        var answer = await http.SendAsync(HttpMethod.Post, Consents,
            ("Items", Item(contact, sender, status))).ExpectAsync(201);
        Assert.Equal("0", answer.Body!["items"]![0]!["error_code"]!.ToString());
    }

    /// <summary>The opt-outs, newest first: each as recipient, and sender or Messaging Service.</summary>
    public static async Task<string[]> OptOutsAsync(HttpClient http, string query = "") =>
        [.. (await http.SendAsync(HttpMethod.Get, List + query).ExpectAsync(200)).Body!["opt_outs"]!.AsArray()
            .Select(optOut => $"{optOut!["to"]} {optOut["from"] ?? optOut["messaging_service_sid"]}")];

    /// <summary>The path that lists the opt-outs of a phone number on all channels.</summary>
    public static string OptOutsOf(string number) => $"{List}?To={Uri.EscapeDataString(number)}";

    /// <summary>The opt-outs of a phone number on all channels, as <see cref="OptOutsAsync"/> writes them.</summary>
    public static Task<string[]> OptOutsOfAsync(this MessagingServer server, string number) =>
        OptOutsAsync(server.Http, $"?To={Uri.EscapeDataString(number)}");

    /// <summary>
    /// Sends a message and waits for its outcome: <c>delivered</c>, <c>failed 21610</c>, or
    /// <c>refused 21610</c> when the request itself gets that error as its response.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="from">A sender, or the SID of a Messaging Service.</param>
    /// <param name="to">The recipient.</param>
    /// <param name="body">The text.</param>
    /// <param name="media">The URLs of media.</param>
    public static async Task<string> TellAsync(
        this MessagingServer server, string from, string to, string body = "News", params string[] media)
    {
        var answer = await server.PostAsync(Calls.Messages,
            [("From", from), ("To", to), ("Body", body), .. media.Select(url => ("MediaUrl", url))]);
        if (answer.Status != 201) return $"refused {answer["code"]}";
        var ended = await Calls.UntilAnyAsync(
            server.Http, answer["sid"]!, "delivered", "read", "failed", "undelivered");
        return $"{ended["status"]} {ended["error_code"]}".TrimEnd();
    }

    /// <summary>Changes the keywords and replies of a Messaging Service.</summary>
    public static Task<Answer> AdvancedOptOutAsync(
        this MessagingServer server, string service, params (string Name, string Value)[] fields) =>
        server.PostAsync($"/emulator/v1/Services/{service}/AdvancedOptOut", fields).ExpectAsync(200);

    /// <summary>Sets a Messaging Service's inbound webhook; with an empty URL it drops inbound messages.</summary>
    public static Task<Answer> SendInboundToAsync(this MessagingServer server, string service, string url) =>
        server.PostAsync($"{Requests.Services}/{service}",
            ("UseInboundWebhookOnNumber", "false"), ("InboundRequestUrl", url)).ExpectAsync(200);
}
