using System.Text.Json;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Opt-outs as tests make and see them.</summary>
internal static class OptOutCalls
{
    public const string Consents = "/v1/Consents/Bulk";
    public const string List = "/emulator/v1/OptOuts";

    /// <summary>A consent as it is sent.</summary>
    public static string Item(string contact, string sender, string status = "opt-out", string? correlation = null) => JsonSerializer.Serialize(new
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
        var answer = await http.SendAsync(HttpMethod.Post, Consents, ("Items", Item(contact, sender, status))).ExpectAsync(201);
        Assert.Equal("0", answer.Body!["items"]![0]!["error_code"]!.ToString());
    }

    /// <summary>Who has opted out of what, newest first: recipient, and sender or Messaging Service.</summary>
    public static async Task<string[]> OptOutsAsync(HttpClient http, string query = "") =>
        [.. (await http.SendAsync(HttpMethod.Get, List + query).ExpectAsync(200)).Body!["opt_outs"]!.AsArray()
            .Select(optOut => $"{optOut!["to"]} {optOut["from"] ?? optOut["messaging_service_sid"]}")];
}
