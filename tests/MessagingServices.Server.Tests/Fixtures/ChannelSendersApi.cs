namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>WhatsApp and RCS senders.</summary>
internal sealed class ChannelSendersApi(TestApi api)
{
    public const string Path = "/v2/Channels/Senders";

    private static int lastAgent;

    /// <summary>An RCS agent that no other test has.</summary>
    public static string NewAgent() => $"rcs:agent_{Interlocked.Increment(ref lastAgent)}";

    /// <summary>Creates a sender, an RCS agent that no other test has unless it is given. Returns its SID.</summary>
    public async Task<string> CreateAsync(string? senderId = null) =>
        (await api.PostJsonAsync(Path, $$"""{"sender_id": "{{senderId ?? NewAgent()}}"}""").ExpectAsync(202))["sid"]!;

    /// <summary>Creates a WhatsApp sender that no other test has. Returns its address.</summary>
    public async Task<string> CreateWhatsAppAsync()
    {
        var address = $"whatsapp:{NumbersApi.New()}";
        await CreateAsync(address);
        return address;
    }

    /// <summary>Sets the countries in which a sender is approved.</summary>
    public Task<ApiResponse> ApproveAsync(string sid, params string[] countries) =>
        api.PostAsync($"/emulator/v1/ChannelSenders/{sid}",
            [.. countries.Select(country => ("ApprovedCountries", country))]);
}
