using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Http;

/// <summary>The headers that Twilio's responses have.</summary>
public sealed class ResponseHeaderTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    public static TheoryData<string, int, string?> Responses => new()
    {
        { MessagesApi.Path, 200, "api.twilio.com" },
        { "/v1/Services", 200, "messaging.twilio.com" },
        { "/v1/Conversations", 200, "conversations.twilio.com" },
        { "/content/v1/Content", 200, "content.twilio.com" },
        { "/v2/Channels/Senders", 400, "messaging.twilio.com" },
        { "/v1/Services/MG00000000000000000000000000000000", 404, "messaging.twilio.com" },
        { "/emulator/v1/Clock", 200, null },
    };

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task Every_response_has_them(string path, int status, string? domain)
    {
        using var response = await server.Http.GetAsync(path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Matches("^RQ[0-9a-f]{32}$", Header(response, "Twilio-Request-Id"));
        Assert.Matches(@"^\d+\.\d{3}$", Header(response, "Twilio-Request-Duration"));
        Assert.Matches("^[1-9][0-9]*$", Header(response, "Twilio-Concurrent-Requests"));
        Assert.Equal("us1", Header(response, "X-Home-Region"));
        Assert.Equal("Origin", Header(response, "Vary"));
        Assert.Equal(domain, Header(response, "X-API-Domain"));
        Assert.Equal(
            "application/json;charset=utf-8",
            response.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Equal(
            status >= 400 ? (await ApiResponse.ReadAsync(response))["code"] : null,
            Header(response, "X-Twilio-Error-Code"));
        Assert.Null(Header(response, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Requests_of_an_account_that_are_under_way_are_counted()
    {
        var wait = server.GetAsync(MessagesApi.WaitPath(("BodyContains", "the end of the wait"), ("Timeout", "60")));

        await Eventually.ValueAsync(
            () => server.GetAsync("/v1/Services"),
            services => Header(services.Response, "Twilio-Concurrent-Requests") == "2",
            services => $"{Header(services.Response, "Twilio-Concurrent-Requests")} requests are under way");

        await server.Api.Messages.SendAsync(
            ("From", await server.Api.Numbers.CreateNewAsync()), ("To", Handset.NewAddress()),
            ("Body", "the end of the wait"));
        await wait.ExpectAsync(200);
    }

    [Theory]
    [InlineData("/v1/Services", "*")]
    [InlineData("/v2/Channels/Senders", "*")]
    [InlineData("/emulator/v1/Clock", null)]
    public async Task A_page_of_another_origin_may_read_Twilios_surfaces(string path, string? allowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { { "Origin", "http://app.test" } },
        };

        using var response = await server.Http.SendAsync(request);

        Assert.Equal(allowed, Header(response, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/v1/Services", 200)]
    [InlineData("/2010-04-01/Accounts/AC1/Messages.json", 200)]
    [InlineData("/emulator/v1/Clock", 401)]
    public async Task A_preflight_is_answered_without_credentials(string path, int status)
    {
        using var client = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Options, path)
        {
            Headers = { { "Origin", "http://localhost:3000" }, { "Access-Control-Request-Method", "POST" } },
        };

        using var response = await client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(
            status == 200 ? "GET, POST, DELETE, OPTIONS" : null, Header(response, "Access-Control-Allow-Methods"));
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
