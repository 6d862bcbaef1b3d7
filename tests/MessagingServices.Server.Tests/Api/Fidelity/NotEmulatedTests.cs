using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Fidelity;

/// <summary>What is not emulated says so: 501, which names product, method and path.</summary>
public sealed class NotEmulatedTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Account = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}";

    [Theory]
    [InlineData("POST", "verify.twilio.com", "/v2/Services", "The product verify (verify.twilio.com)")]
    [InlineData("POST", "sync.twilio.com", "/v1/Services", "The product sync (sync.twilio.com)")]
    [InlineData("POST", "Notify.Twilio.com", "/v1/Services", "The product notify (notify.twilio.com)")]
    [InlineData("GET", "chat.twilio.com", "/v2/Services", "The product chat (chat.twilio.com)")]
    [InlineData("POST", "verify.sydney.au1.twilio.com", "/v2/Services", "The product verify (verify.twilio.com)")]
    [InlineData("POST", "verify.twilio.com.", "/v2/Services", "The product verify (verify.twilio.com)")]
    [InlineData("POST", "twilio.com.", "/v1/Services", "The product twilio.com (twilio.com)")]
    [InlineData("POST", "lookups.twilio.com:8443", "/v1/Services", "The product lookups (lookups.twilio.com)")]
    [InlineData("PUT", "nothing-yet.twilio.com", "/v1/Services", "The product nothing-yet (nothing-yet.twilio.com)")]
    [InlineData("POST", "twilio.com", "/v1/Services", "The product twilio.com (twilio.com)")]
    [InlineData("POST", "verify.twilio.com", "/messaging/v1/Services", "The product verify (verify.twilio.com)")]
    [InlineData("POST", "verify.twilio.com", "//v1/Services", "The product verify (verify.twilio.com)", "/v1/Services")]
    [InlineData("GET", "verify.twilio.com", "/", "The product verify (verify.twilio.com)")]
    [InlineData("GET", "video.twilio.com", "/v1/A%20b/c%2Fd", "The product video (video.twilio.com)", "/v1/A b/c%2Fd")]
    [InlineData("GET", "monitor.twilio.com", "/v2/Alerts", "The product monitor (monitor.twilio.com)")]
    [InlineData("GET", "iam.twilio.com", "/scim/v2/Users", "The product iam (iam.twilio.com)")]
    [InlineData("POST", null, "/verify/v2/Services", "The product verify (verify.twilio.com)", "/v2/Services")]
    [InlineData("POST", null, "/sync/v1/Services", "The product sync (sync.twilio.com)", "/v1/Services")]
    [InlineData("GET", null, "/flex-api/v1/Anything", "The product flex-api (flex-api.twilio.com)", "/v1/Anything")]
    [InlineData("GET", null, "/fax/v1/Faxes", "The product fax (fax.twilio.com)", "/v1/Faxes")]
    [InlineData("GET", null, "/soon-there/v4/Things", "The product soon-there (soon-there.twilio.com)", "/v4/Things")]
    [InlineData("GET", null, "/v1/Faxes", "The product fax (fax.twilio.com)")]
    [InlineData("POST", null, "/v2/Flows", "The product studio (studio.twilio.com)")]
    [InlineData("GET", null, "/v1/Workspaces/WS1/Tasks", "The product taskrouter (taskrouter.twilio.com)")]
    public async Task A_product_that_is_not_emulated_is_501(
        string method, string? host, string path, string message, string? named = null)
    {
        var before = await ServicesAsync();

        var response = await SendAsync(server.Http, method, host, path);

        Assert.Equal((501, "99501", "501"), (response.Status, response["code"], response["status"]));
        Assert.Equal($"{message} is not emulated: {method} {named ?? path}", response["message"]);
        Assert.Equal(["code", "message", "more_info", "status"], response.Body.Names());
        Assert.Equal("99501", response.Response.Headers.GetValues("X-Twilio-Error-Code").Single());
        Assert.Equal(before, await ServicesAsync());
    }

    [Fact]
    public async Task A_path_of_several_products_names_them() => Assert.Equal(
        "None of the products chat, intelligence, ip-messaging, verify is emulated: POST /v2/Services",
        (await SendAsync(server.Http, "POST", null, "/v2/Services"))["message"]);

    [Theory]
    [InlineData("GET", null, "/v1/Roles", "conversations")]
    [InlineData("POST", "conversations.twilio.com", "/v1/Services", "conversations")]
    [InlineData("POST", null, "/conversations/v1/Services", "conversations")]
    [InlineData("GET", "api.twilio.com", $"{Account}/Calls.json", "api")]
    [InlineData("POST", null, $"{Account}/Calls.json", "api")]
    [InlineData("GET", "accounts.twilio.com", "/v1/Credentials/PublicKeys", "accounts")]
    [InlineData("GET", null, "/v1/Users", "conversations")]
    [InlineData("GET", null, "/v1/Services/IS00000000000000000000000000000001/Users", "conversations")]
    [InlineData("GET", null, "/v1/LinkShortening/Domains/DN00000000000000000000000000000001/Certificate", "messaging")]
    public async Task An_operation_that_is_not_emulated_is_501(
        string method, string? host, string path, string product)
    {
        var before = await ServicesAsync();

        var response = await SendAsync(server.Http, method, host, path);

        Assert.Equal((501, "99501"), (response.Status, response["code"]));
        var named = path.StartsWith("/conversations/", StringComparison.Ordinal) ? "/v1/Services" : path;
        Assert.Equal($"This operation of {product} is not emulated: {method} {named}", response["message"]);
        Assert.Equal(before, await ServicesAsync());
    }

    [Theory]
    [InlineData("POST", "verify.twilio.com", "/v2/Services")]
    [InlineData("GET", "nothing-yet.twilio.com", "/v1/Services")]
    [InlineData("POST", "conversations.twilio.com", "/v1/Services")]
    [InlineData("GET", null, $"{Account}/Calls.json")]
    public async Task Without_credentials_it_is_401(string method, string? host, string path)
    {
        using var client = server.Client();
        using var wrong = server.Client(MessagingServer.AccountSid, "wrong");

        Assert.Equal(401, (await SendAsync(client, method, host, path)).Status);
        Assert.Equal(401, (await SendAsync(wrong, method, host, path)).Status);
    }

    [Fact]
    public async Task The_account_in_the_path_must_be_the_callers() => await server
        .GetAsync("/2010-04-01/Accounts/AC000000000000000000000000000000ff/Calls.json").ExpectErrorAsync(401, 20003);

    [Theory]
    [InlineData("GET", null, "/v1/Nothing")]
    [InlineData("GET", null, "/Nothing/v1")]
    [InlineData("GET", null, "/Nothing/v1/Things")]
    [InlineData("GET", null, "/emulator/v1/Things")]
    [InlineData("GET", "messaging.twilio.com", "/v1/Nothing")]
    [InlineData("GET", "conversations.twilio.com", "/v1/Nothing")]
    [InlineData("GET", "api.twilio.com", $"{Account}/Nothing.json")]
    [InlineData("GET", "api.twilio.com", $"{Account}/calls.json")]
    [InlineData("GET", "messaging.twilio.com", "/v4/Services")]
    public async Task A_path_that_Twilio_does_not_have_is_404(string method, string? host, string path)
    {
        var response = await SendAsync(server.Http, method, host, path);

        Assert.Equal((404, "20404"), (response.Status, response["code"]));
    }

    [Theory]
    [InlineData("messaging.twilio.com", "/content/v1/Content")]
    [InlineData("messaging.twilio.com", "/conversations/v1/Conversations")]
    [InlineData("api.twilio.com", "/v1/Services")]
    [InlineData("iam.twilio.com", "/v1/Services")]
    [InlineData("conversations.twilio.com", Account + ".json")]
    [InlineData(null, "/messaging/content/v1/Content")]
    [InlineData(null, "/messaging/conversations/v1/Conversations")]
    [InlineData(null, "/content/v1/Services")]
    public async Task A_product_does_not_have_the_paths_of_another(string? host, string path)
    {
        var response = await SendAsync(server.Http, "GET", host, path);

        Assert.Equal((404, "20404"), (response.Status, response["code"]));
    }

    [Fact]
    public async Task Another_method_of_such_an_operation_is_405() => await server
        .Api.RequestAsync(HttpMethod.Put, $"{Account}/Calls.json").ExpectErrorAsync(405, 20004);

    [Fact]
    public async Task The_2010_API_says_so_in_XML_too()
    {
        var response = await server.GetAsync($"{Account}/Calls");

        Assert.Equal(501, response.Status);
        Assert.Contains("<RestException><Code>99501</Code>", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "/verify/v2/Services")]
    [InlineData("verify.twilio.com", "/v2/Services")]
    public async Task More_info_leads_to_the_table_of_operations(string? host, string path)
    {
        var refused = await SendAsync(server.Http, "POST", host, path);

        var more = new Uri(refused["more_info"]!);

        Assert.Equal(host ?? new Uri(server.Url).Authority, more.Authority);
        var table = await SendAsync(server.Http, "GET", host, more.PathAndQuery);
        Assert.Equal(200, table.Status);
        Assert.NotNull(table.Body!["operations"]);
    }

    private async Task<int> ServicesAsync() =>
        (await server.GetAsync("/v1/Services?PageSize=1000")).Body!["services"]!.AsArray().Count;

    private static async Task<ApiResponse> SendAsync(HttpClient client, string method, string? host, string path)
    {
        using var request = new HttpRequestMessage(new(method), client.BaseAddress!.ToString().TrimEnd('/') + path);
        request.Headers.Host = host;
        if (method == "POST") request.Content = TestApi.Form(("FriendlyName", "Whose?"));
        return await ApiResponse.ReadAsync(await client.SendAsync(request));
    }
}
