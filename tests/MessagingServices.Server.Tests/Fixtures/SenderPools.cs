namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// Messaging Services with pools written as texts: a number (<c>+14155550100</c>), a short code and its country (<c>12345/US</c>), an
/// alphanumeric sender (<c>ACME</c>, <c>ACME/DE</c>), an RCS sender and the countries that have approved it (<c>rcs:agent/US,GB</c>), a
/// WhatsApp sender (<c>whatsapp:+14155550100</c>). All of it is made through the API.
/// </summary>
internal static class SenderPools
{
    private const string Emulator = "/emulator/v1";

    /// <summary>Removes everything, so that a test may use any number.</summary>
    public static Task ClearAsync(this MessagingServer server) => server.PostAsync($"{Emulator}/Reset", ("Scope", "all")).ExpectAsync(204);

    /// <summary>Makes a Messaging Service with a pool; its SID.</summary>
    public static async Task<string> NewPoolAsync(this MessagingServer server, params string[] senders)
    {
        var service = await server.NewServiceAsync();
        foreach (var sender in senders) await server.AddSenderAsync(service, sender);
        return service;
    }

    /// <summary>Makes a sender and puts it into the pool; its SID.</summary>
    public static async Task<string> AddSenderAsync(this MessagingServer server, string service, string sender)
    {
        var (address, of) = sender.Split('/') is [var first, var second] ? (first, second) : (sender, null);
        var pool = $"{Requests.Services}/{service}";
        if (address.StartsWith("rcs:", StringComparison.Ordinal) || address.StartsWith("whatsapp:", StringComparison.Ordinal))
        {
            var sid = await server.NewChannelSenderAsync(address);
            if (of is not null) await server.ApproveAsync(sid, of.Split(',')).ExpectAsync(200);
            await server.PostAsync($"{pool}/ChannelSenders", ("Sid", sid)).ExpectAsync(201);
            return sid;
        }

        if (address.All(char.IsAsciiDigit))
        {
            var sid = (await server.PostAsync($"{Emulator}/ShortCodes", ("ShortCode", address), ("IsoCountry", of!)).ExpectAsync(201))["sid"]!;
            await server.PostAsync($"{pool}/ShortCodes", ("ShortCodeSid", sid)).ExpectAsync(201);
            return sid;
        }

        if (address[0] == '+')
        {
            var sid = await server.NewNumberSidAsync(address);
            await server.AddToPoolAsync(service, sid).ExpectAsync(201);
            return sid;
        }

        return (await server.PostAsync($"{pool}/DestinationAlphaSenders", ("AlphaSender", address), ("IsoCountryCode", of ?? "")).ExpectAsync(201))["sid"]!;
    }

    /// <summary>Makes a handset, or all, unable to take RCS.</summary>
    public static Task WithoutRcsAsync(this MessagingServer server, string to = "") =>
        server.PostAsync($"{Emulator}/CarrierRules", ("To", to), ("SupportsRcs", "false")).ExpectAsync(201);

    /// <summary>Sends through a Messaging Service, <c>Hello</c> unless another body is given, and waits for the message to end; the message.</summary>
    public static async Task<Answer> SendAndFinishAsync(
        this MessagingServer server, string service, string to, params (string Name, string Value)[] more)
    {
        var sid = await Calls.SendAsync(server.Http, [.. more, ("To", to), ("MessagingServiceSid", service), ("Body", "Hello")]);
        var ended = await server.GetAsync($"{Emulator}/Messages/{sid}/Timeline");
        for (var tries = 0; tries < 1500; tries++)
        {
            var message = await server.GetAsync(Calls.Message(sid));
            if (message["status"] is "delivered" or "failed" or "undelivered" or "read") return message;
            await Task.Delay(20);
        }

        throw new TimeoutException(ended.Text);
    }

    /// <summary>The sender that a message sent through a Messaging Service gets; null when it fails.</summary>
    public static async Task<string?> SenderForAsync(
        this MessagingServer server, string service, string to, params (string Name, string Value)[] more) =>
        (await server.SendAndFinishAsync(service, to, more))["from"];

    /// <summary>The sticky senders of a Messaging Service, each as recipient and sender.</summary>
    public static async Task<IEnumerable<string>> StickyAsync(this MessagingServer server, string service) =>
        (await server.GetAsync($"{Emulator}/StickySenders?MessagingServiceSid={service}").ExpectAsync(200)).Body!["sticky_senders"]!.AsArray()
            .Select(sticky => $"{sticky!["to"]} {sticky["from"]}").Order(StringComparer.Ordinal);

    /// <summary>Takes a sender out of a pool.</summary>
    public static Task RemoveSenderAsync(this MessagingServer server, string service, string sid) => server.DeleteAsync(
        $"{Requests.Services}/{service}/{sid[..2] switch { "PN" => "PhoneNumbers", "SC" => "ShortCodes", "AI" => "AlphaSenders", _ => "ChannelSenders" }}/{sid}")
        .ExpectAsync(204);
}
