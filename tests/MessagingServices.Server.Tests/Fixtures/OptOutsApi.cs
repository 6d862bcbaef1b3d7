using System.Text.Json;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Consents and opt-outs.</summary>
internal sealed class OptOutsApi(TestApi api)
{
    public const string ConsentsPath = "/v1/Consents/Bulk";
    public const string Path = "/emulator/v1/OptOuts";

    /// <summary>One item of a consents request.</summary>
    public static string Item(string contact, string sender, string status = "opt-out", string? correlation = null) =>
        JsonSerializer.Serialize(new
        {
            contact_id = contact,
            correlation_id = correlation ?? Guid.NewGuid().ToString("N"),
            sender_id = sender,
            status,
            source = "website",
        });

    /// <summary>The path that lists the opt-outs of a phone number on all channels.</summary>
    public static string PathOf(string number) => $"{Path}?To={Uri.EscapeDataString(number)}";

    /// <summary>Opts a recipient out of a sender or Messaging Service, or in again.</summary>
    public async Task ConsentAsync(string contact, string sender, string status = "opt-out")
    {
        var response = await api.PostAsync(ConsentsPath, ("Items", Item(contact, sender, status))).ExpectAsync(201);
        Assert.Equal("0", response.Body!["items"]![0]!["error_code"]!.ToString());
    }

    /// <summary>The opt-outs as recipient, and sender or Messaging Service, newest first.</summary>
    public async Task<string[]> ListAsync(string query = "") =>
        [.. (await api.GetAsync(Path + query).ExpectAsync(200)).Body!["opt_outs"]!.AsArray()
            .Select(optOut => $"{optOut!["to"]} {optOut["from"] ?? optOut["messaging_service_sid"]}")];

    /// <summary>The opt-outs of a phone number on all channels, as <see cref="ListAsync"/> writes them.</summary>
    public Task<string[]> ListOfAsync(string number) => ListAsync($"?To={Uri.EscapeDataString(number)}");
}
