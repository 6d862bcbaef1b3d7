namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// Messaging Services and their sender pools. Pools are written as texts: a number (<c>+14155550100</c>), a short code
/// and its country (<c>12345/US</c>), an alphanumeric sender (<c>ACME</c>, <c>ACME/DE</c>), an RCS sender and the
/// countries that have approved it (<c>rcs:agent/US,GB</c>), a WhatsApp sender (<c>whatsapp:+14155550100</c>).
/// </summary>
internal sealed class ServicesApi(TestApi api)
{
    public const string Path = "/v1/Services";

    public static string PathOf(string service) => $"{Path}/{service}";

    /// <summary>Creates a Messaging Service, and returns its SID.</summary>
    public Task<string> CreateAsync(string name = "Test") => api.CreateAsync(Path, ("FriendlyName", name));

    /// <summary>Creates a Messaging Service with its senders, and returns its SID.</summary>
    public Task<string> CreateWithPoolAsync(params string[] senders) => CreateWithCallbackAsync(null, senders);

    /// <summary>Creates a Messaging Service with a status callback and its senders, and returns its SID.</summary>
    public async Task<string> CreateWithCallbackAsync(string? statusCallback, params string[] senders)
    {
        var service = await api.CreateAsync(Path, ("FriendlyName", "Test"), ("StatusCallback", statusCallback ?? ""));
        foreach (var sender in senders) await AddSenderAsync(service, sender);
        return service;
    }

    /// <summary>Creates a sender and adds it to the pool. Returns its SID.</summary>
    public async Task<string> AddSenderAsync(string service, string sender)
    {
        var (address, countries) = sender.Split('/') is [var first, var second] ? (first, second) : (sender, null);
        if (address.StartsWith("rcs:", StringComparison.Ordinal)
            || address.StartsWith("whatsapp:", StringComparison.Ordinal))
        {
            var sid = await api.ChannelSenders.CreateAsync(address);
            if (countries is not null)
                await api.ChannelSenders.ApproveAsync(sid, countries.Split(',')).ExpectAsync(200);
            await AddChannelSenderAsync(service, sid).ExpectAsync(201);
            return sid;
        }

        if (address.All(char.IsAsciiDigit))
        {
            var sid = await api.ShortCodes.CreateAsync(address, countries!);
            await AddShortCodeAsync(service, sid).ExpectAsync(201);
            return sid;
        }

        if (address[0] == '+')
        {
            var sid = await api.Numbers.CreateAsync(address);
            await AddNumberAsync(service, sid).ExpectAsync(201);
            return sid;
        }

        return await api.CreateAsync($"{PathOf(service)}/DestinationAlphaSenders",
            ("AlphaSender", address), ("IsoCountryCode", countries ?? ""));
    }

    public Task<ApiResponse> AddNumberAsync(string service, string number) =>
        api.PostAsync($"{PathOf(service)}/PhoneNumbers", ("PhoneNumberSid", number));

    public Task<ApiResponse> AddShortCodeAsync(string service, string shortCode) =>
        api.PostAsync($"{PathOf(service)}/ShortCodes", ("ShortCodeSid", shortCode));

    public Task<ApiResponse> AddChannelSenderAsync(string service, string sender) =>
        api.PostAsync($"{PathOf(service)}/ChannelSenders", ("Sid", sender));

    /// <summary>Removes a sender from the pool.</summary>
    public Task RemoveSenderAsync(string service, string sid)
    {
        var kind = sid[..2] switch
        {
            "PN" => "PhoneNumbers", "SC" => "ShortCodes", "AI" => "AlphaSenders", _ => "ChannelSenders",
        };
        return api.DeleteAsync($"{PathOf(service)}/{kind}/{sid}").ExpectAsync(204);
    }

    /// <summary>The sticky senders of a Messaging Service, each as recipient and sender.</summary>
    public async Task<IEnumerable<string>> StickySendersAsync(string service) =>
        (await api.GetAsync($"/emulator/v1/StickySenders?MessagingServiceSid={service}").ExpectAsync(200))
            .Body!["sticky_senders"]!.AsArray().Select(sticky => $"{sticky!["to"]} {sticky["from"]}")
            .Order(StringComparer.Ordinal);

    /// <summary>Changes the keywords and replies of a Messaging Service.</summary>
    public Task<ApiResponse> SetAdvancedOptOutAsync(string service, params (string Name, string Value)[] fields) =>
        api.PostAsync($"/emulator/v1/Services/{service}/AdvancedOptOut", fields).ExpectAsync(200);

    /// <summary>
    /// Sends inbound messages to the Messaging Service's own webhook; without a URL they are dropped.
    /// </summary>
    public Task<ApiResponse> SendInboundToAsync(string service, string url) => api.PostAsync(
        PathOf(service), ("UseInboundWebhookOnNumber", "false"), ("InboundRequestUrl", url)).ExpectAsync(200);
}
