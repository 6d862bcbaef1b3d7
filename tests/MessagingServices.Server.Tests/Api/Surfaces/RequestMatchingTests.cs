using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Surfaces;

/// <summary>Request rules match paths as Twilio's documentation has them, and never the server's own.</summary>
public sealed class RequestMatchingTests(MessagingServer server) : IClassFixture<MessagingServer>, IAsyncLifetime
{
    private const string Rules = "/emulator/v1/RequestRules";
    private const string Services = "/v1/Services";

    private TestAccount account = null!;
    private string number = "";

    public async ValueTask InitializeAsync()
    {
        account = await TestAccount.CreateAsync(server.Http);
        number = await account.Api.Numbers.CreateNewAsync();
    }

    public ValueTask DisposeAsync()
    {
        account.Http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "/2010-04-01/Accounts/{0}/Messages.json")]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "/2010-04-01/Accounts/{0}/Messages.xml")]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "/2010-04-01/Accounts/{0}/SMS/Messages.json")]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "/api/2010-04-01/Accounts/{0}/Messages.json")]
    [InlineData("/2010-04-01/Accounts/{AccountSid}/Messages.json", "//2010-04-01/Accounts/{0}/Messages.json")]
    [InlineData("/v1/Services", "/v1/Services?PageSize=1")]
    [InlineData("/v1/Services", "/messaging/v1/Services")]
    [InlineData("/v1/Services", "/conversations/v1/Services")]
    [InlineData("https://conversations.twilio.com/v1/Conversations", "/v1/Conversations")]
    [InlineData("/v1/Conversations", "/conversations/v1/Conversations")]
    [InlineData("/v2/*", "/v2/Channels/Senders")]
    [InlineData("/v1/Content", "/content/v1/Content")]
    [InlineData("/v1/Alerts", "/monitor/v1/Alerts")]
    [InlineData("*", "/v1/Nothing")]
    [InlineData("*", "/verify/v2/Services")]
    public async Task All_addresses_of_a_route_match_its_path(string pattern, string path)
    {
        await RuleAsync(("Path", pattern), ("StatusCode", "418"), ("ErrorCode", "20418"));

        using var response = await account.Http.GetAsync(
            server.Url + string.Format(null, path, account.Sid));

        Assert.Equal(418, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("messaging.twilio.com", Services)]
    [InlineData("messaging.dublin.ie1.twilio.com", Services)]
    public async Task A_host_of_Twilio_matches(string host, string path)
    {
        await RuleAsync(("Path", "https://messaging.twilio.com/v1/Services"), ("StatusCode", "418"));

        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        using var response = await account.Http.SendAsync(request);

        Assert.Equal(418, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("/emulator/v1/RequestRules", null)]
    [InlineData("/emulator/v1/RequestRules", "api.twilio.com")]
    [InlineData("/livez", null)]
    [InlineData("/readyz", null)]
    [InlineData("/metrics", null)]
    [InlineData("/console/session", null)]
    public async Task The_servers_own_paths_are_never_hit(string path, string? host)
    {
        await RuleAsync(("StatusCode", "500"));

        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        using var response = await account.Http.SendAsync(request);

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_caller_who_is_refused_learns_nothing_of_rules()
    {
        await RuleAsync(("StatusCode", "500"), ("Times", "1"));
        using var stranger = server.Client(account.Sid, "wrong");

        await stranger.Api.GetAsync(Services).ExpectErrorAsync(401, 20003);

        await account.Api.GetAsync(Services).ExpectErrorAsync(500, 20500);
    }

    [Theory]
    [InlineData("Method", "POST", true)]
    [InlineData("Method", "GET", false)]
    [InlineData("To", "+14155550177", true)]
    [InlineData("To", "+1415*", true)]
    [InlineData("To", "whatsapp:+14155550177", true)]
    [InlineData("To", "+14155550178", false)]
    [InlineData("From", "+1*", true)]
    [InlineData("From", "+2*", false)]
    [InlineData("BodyContains", "lo & w", true)]
    [InlineData("BodyContains", "hello", false)]
    [InlineData("Path", "*/Messages.json", true)]
    [InlineData("Path", "*/Calls.json", false)]
    public async Task A_condition_decides(string name, string value, bool isHit)
    {
        await RuleAsync((name, value), ("StatusCode", "500"));

        var response = await account.Api.PostAsync(MessagesApi.Path, ("To", "+1 415 555 0177"), ("From", number),
            ("Body", "Hello & welcome"));

        Assert.Equal(isHit ? 500 : 201, response.Status);
    }

    [Fact]
    public async Task A_condition_on_the_form_does_not_match_what_has_no_form()
    {
        await RuleAsync(("To", "*"), ("StatusCode", "500"));
        await RuleAsync(("BodyContains", "a"), ("StatusCode", "500"));

        await account.Api.GetAsync($"{MessagesApi.Path}?To=%2B14155550177").ExpectAsync(200);
        await account.Api.PostJsonAsync("/content/v1/Content", "{\"To\":\"+14155550177\",\"Body\":\"a\"}")
            .ExpectAsync(400);
    }

    [Fact]
    public async Task The_newest_matching_rule_decides_also_to_do_nothing()
    {
        await RuleAsync(("StatusCode", "500"));
        await RuleAsync(("StatusCode", "503"), ("Method", "GET"));
        await RuleAsync(("Path", "/v1/Services"));

        await account.Api.GetAsync(Services).ExpectAsync(200);
        await account.Api.GetAsync("/v2/Channels/Senders").ExpectErrorAsync(503, 20503);
        await account.Api.PostAsync(MessagesApi.Path).ExpectErrorAsync(500, 20500);
    }

    [Fact]
    public async Task Requests_in_a_subaccounts_path_are_hit_by_the_subaccounts_rules()
    {
        var path = $"/2010-04-01/Accounts/{account.Sid}/Messages.json";
        await RuleAsync(("StatusCode", "500"));

        await server.GetAsync(path).ExpectErrorAsync(500, 20500);
        await server.GetAsync(MessagesApi.Path).ExpectAsync(200);
    }

    private async Task<string> RuleAsync(params (string, string)[] form) =>
        (await account.Api.PostAsync(Rules, form).ExpectAsync(201))["sid"]!;
}
