namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Requests that many tests make.</summary>
internal static class Requests
{
    public const string Services = "/v1/Services";
    public static readonly string Numbers = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/IncomingPhoneNumbers";

    public static readonly string ShortCodes = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/SMS/ShortCodes";

    private static int lastNumber;
    private static int lastShortCode;

    /// <summary>A number that no other test has.</summary>
    public static string NewNumber() => $"+1415{2_000_000 + Interlocked.Increment(ref lastNumber)}";

    public static async Task<string> NewServiceAsync(this MessagingServer server, string name = "Test") =>
        (await server.PostAsync(Services, ("FriendlyName", name)).ExpectAsync(201))["sid"]!;

    public static async Task<string> NewNumberSidAsync(this MessagingServer server, string? number = null) =>
        (await server.PostAsync($"{Numbers}.json", ("PhoneNumber", number ?? NewNumber())).ExpectAsync(201))["sid"]!;

    /// <summary>A short code that no other test has.</summary>
    public static string NewShortCode() => $"{70_000 + Interlocked.Increment(ref lastShortCode)}";

    public static async Task<string> NewShortCodeSidAsync(this MessagingServer server, string? code = null, string country = "US") =>
        (await server.PostAsync("/emulator/v1/ShortCodes", ("ShortCode", code ?? NewShortCode()), ("IsoCountry", country)).ExpectAsync(201))["sid"]!;

    public static Task<Answer> AddShortCodeToPoolAsync(this MessagingServer server, string service, string shortCode) =>
        server.PostAsync($"{Services}/{service}/ShortCodes", ("ShortCodeSid", shortCode));

    public static Task<Answer> AddToPoolAsync(this MessagingServer server, string service, string number) =>
        server.PostAsync($"{Services}/{service}/PhoneNumbers", ("PhoneNumberSid", number));

    /// <summary>A client of another account, made for it.</summary>
    public static async Task<HttpClient> OtherAccountAsync(this MessagingServer server)
    {
        var sid = $"AC{Guid.NewGuid():N}";
        await Sql.ScalarAsync(server.ConnectionString,
            $"INSERT INTO accounts (sid, auth_token, friendly_name, date_created) VALUES ('{sid}', 'othertoken', 'Other', now())");
        return server.Client(sid, "othertoken");
    }

    /// <summary>The account of such a client.</summary>
    public static string AccountOf(HttpClient client) =>
        System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(client.DefaultRequestHeaders.Authorization!.Parameter!)).Split(':')[0];

    public static async Task<Answer> SendAsync(this HttpClient client, HttpMethod method, string path, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(method, path);
        if (form.Length > 0) request.Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Answer.ReadAsync(await client.SendAsync(request));
    }

    public static async Task<Answer> ExpectAsync(this Task<Answer> pending, int status)
    {
        var answer = await pending;
        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Text}");
        return answer;
    }

    /// <summary>The answer must be Twilio's error of this status and code.</summary>
    public static async Task<Answer> ExpectErrorAsync(this Task<Answer> pending, int status, int code)
    {
        var answer = await pending;
        Assert.True((answer.Status, answer["code"]) == (status, $"{code}"), $"{answer.Status}: {answer.Text}");
        Assert.Equal($"{status}", answer["status"]);
        Assert.Equal($"https://www.twilio.com/docs/errors/{code}", answer["more_info"]);
        return answer;
    }
}
