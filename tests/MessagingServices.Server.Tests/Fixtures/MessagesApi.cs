using System.Text.Json.Nodes;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Messages: sending, waiting for a status, media, timeline.</summary>
internal sealed class MessagesApi(TestApi api)
{
    public const string Path = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json";

    private static readonly string[] Final = ["delivered", "read", "failed", "undelivered"];

    public static string PathOf(string sid) => Path.Replace(".json", $"/{sid}.json", StringComparison.Ordinal);

    /// <summary>The path of a message's media, without <c>.json</c>.</summary>
    public static string MediaPathOf(string sid) => Path.Replace(".json", $"/{sid}/Media", StringComparison.Ordinal);

    public static string TimelinePathOf(string sid) => $"/emulator/v1/Messages/{sid}/Timeline";

    public static string WaitPath(params IEnumerable<(string Name, string Value)> query) =>
        "/emulator/v1/Messages/Wait?"
        + string.Join('&', query.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));

    /// <summary>Sends a message, and returns its SID.</summary>
    public Task<string> SendAsync(params (string Name, string Value)[] fields) => api.CreateAsync(Path, fields);

    /// <summary>Waits until a message has one of the statuses, and returns it. Fails after half a minute.</summary>
    public Task<ApiResponse> UntilAsync(string sid, params string[] statuses) => Eventually.ValueAsync(
        () => api.GetAsync(PathOf(sid)),
        message => statuses.Contains(message["status"]),
        message => $"{sid} is {message["status"]} ({message["error_code"]}), not {string.Join(" or ", statuses)}");

    /// <summary>
    /// Sends through a Messaging Service, <c>Hello</c> unless another body is given. Returns the message in its final
    /// status.
    /// </summary>
    public async Task<ApiResponse> SendAndFinishAsync(
        string service, string to, params (string Name, string Value)[] more) =>
        await UntilAsync(await SendAsync([.. more, ("To", to), ("MessagingServiceSid", service), ("Body", "Hello")]),
            Final);

    /// <summary>
    /// The sender of a message that is sent through a Messaging Service; null when the message fails.
    /// </summary>
    public async Task<string?> SenderForAsync(string service, string to, params (string Name, string Value)[] more) =>
        (await SendAndFinishAsync(service, to, more))["from"];

    /// <summary>Sends media from a number, and returns the message in its final status.</summary>
    public async Task<ApiResponse> SendMmsAsync(string from, string to, params string[] media) => await UntilAsync(
        await SendAsync([("To", to), ("From", from), ("Body", "Look"), .. media.Select(url => ("MediaUrl", url))]),
        Final);

    /// <summary>
    /// A user writes to a WhatsApp sender, which opens the window in which the sender may answer with any content.
    /// </summary>
    public Task<ApiResponse> OpenWindowAsync(string user, string sender) => api.PostAsync(
        "/emulator/v1/InboundMessages", ("From", user), ("To", sender), ("Body", "Hi")).ExpectAsync(201);

    /// <summary>
    /// A content template with the text <c>Hello</c>. Once approved, WhatsApp also delivers it to users who have not
    /// written.
    /// </summary>
    public async Task<(string Name, string Value)> TemplateAsync(string status = "approved")
    {
        var sid = (await api.PostJsonAsync(
            "/v1/Content", """{"language": "en", "types": {"twilio/text": {"body": "Hello"}}}""")
                .ExpectAsync(201))["sid"]!;
        await api.PostAsync($"/emulator/v1/Registrations/{sid}", ("Status", status)).ExpectAsync(200);
        return ("ContentSid", sid);
    }

    /// <summary>
    /// Sends a message and returns how it ends: <c>delivered</c>, <c>failed 21610</c>, or <c>refused 21610</c> when the
    /// response to the request is that error.
    /// </summary>
    /// <param name="from">A sender, or the SID of a Messaging Service.</param>
    /// <param name="to">The recipient.</param>
    /// <param name="body">The text.</param>
    /// <param name="media">The URLs of media.</param>
    public async Task<string> OutcomeAsync(string from, string to, string body = "News", params string[] media)
    {
        var response = await api.PostAsync(
            Path, [("From", from), ("To", to), ("Body", body), .. media.Select(url => ("MediaUrl", url))]);
        if (response.Status != 201) return $"refused {response["code"]}";
        var message = await UntilAsync(response["sid"]!, Final);
        return $"{message["status"]} {message["error_code"]}".TrimEnd();
    }

    /// <summary>The messages to a recipient as <c>sender: body</c>, newest first.</summary>
    public async Task<string[]> SentToAsync(string recipient) =>
        [.. (await api.GetAsync($"{Path}?To={Uri.EscapeDataString(recipient)}").ExpectAsync(200))
            .Body!["messages"]!.AsArray()
            .Select(message => $"{message!["from"]}: {message["body"]}")];

    /// <summary>The media of a message, in the order of the list.</summary>
    public async Task<JsonArray> MediaAsync(string sid) =>
        (await api.GetAsync($"{MediaPathOf(sid)}.json").ExpectAsync(200)).Body!["media_list"]!.AsArray();

    /// <summary>The bytes of the only media item of a message.</summary>
    public async Task<byte[]> BytesAsync(string sid) =>
        await api.GetBytesAsync($"{MediaPathOf(sid)}/{(await MediaAsync(sid)).Single()!["sid"]}");

    /// <summary>The statuses of a message with their times.</summary>
    public async Task<List<(string Status, DateTimeOffset Date)>> StatusesAsync(string sid) =>
        [.. (await api.GetAsync(TimelinePathOf(sid)).ExpectAsync(200)).Body!["statuses"]!.AsArray()
            .Select(step => (step!["status"]!.ToString(), ClockApi.Parse(step["date"]!.ToString())))];

    /// <summary>The webhooks of a message, oldest first, once none is pending. Fails after half a minute.</summary>
    public async Task<IReadOnlyList<JsonNode>> WebhooksAsync(string sid)
    {
        var webhooks = await Eventually.ValueAsync(
            async () => (await api.GetAsync(TimelinePathOf(sid)).ExpectAsync(200)).Body!["webhooks"]!.AsArray(),
            all => all.Count > 0 && all.All(webhook => webhook!["outcome"]!.ToString() != "pending"),
            all => $"{sid} has {all.ToJsonString()}");
        return [.. webhooks.Select(webhook => webhook!)];
    }
}
