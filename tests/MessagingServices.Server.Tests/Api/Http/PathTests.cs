using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Http;

/// <summary>Paths are case-sensitive, may begin with two slashes, and are decoded exactly once.</summary>
public sealed class PathTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Account = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}";

    [Theory]
    [InlineData("GET", "/v1/services")]
    [InlineData("GET", "/V1/Services")]
    [InlineData("GET", "/v2/channels/Senders?Channel=rcs")]
    [InlineData("GET", "/emulator/v1/clock")]
    [InlineData("GET", "/conversations/v1/conversations")]
    [InlineData("GET", $"{Account}/messages.json")]
    [InlineData("GET", $"/2010-04-01/accounts/{MessagingServer.AccountSid}/Messages.json")]
    [InlineData("POST", $"{Account}/sms/shortcodes/SC00000000000000000000000000000000.json")]
    [InlineData("PUT", $"{Account}/messages.json")]
    [InlineData("GET", "/LIVEZ")]
    public async Task A_path_in_another_case_is_404(string method, string path) =>
        await server.Api.RequestAsync(new(method), path).ExpectErrorAsync(404, 20404);

    [Theory]
    [InlineData($"/{Account}/Messages.json")]
    [InlineData($"//{Account}.json")]
    [InlineData("//v1/Services")]
    [InlineData("//messaging/v1/Services")]
    [InlineData("/messaging//v1/Services")]
    [InlineData($"/api/{Account}/IncomingPhoneNumbers.json")]
    public async Task Slashes_in_front_of_a_path_count_as_one(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url + path));

        Assert.Equal(200, (int)(await server.Http.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("/v1/Content/%2500")]
    [InlineData("/v1/Content/%25")]
    [InlineData("/v1/Content/%252e%252e")]
    [InlineData("/v2/Channels/Senders/%2500")]
    [InlineData("/conversations/v1/Conversations/CH%2500/Messages")]
    public async Task A_percent_sign_in_a_path_stays_one(string path) =>
        Assert.Equal(404, (await server.GetAsync(path)).Status);

    [Theory]
    [InlineData("x%41", "x%2541")]
    [InlineData("x%2541", "x%252541")]
    [InlineData("a/b c", "a%2Fb%20c")]
    [InlineData("ä?#", "%C3%A4%3F%23")]
    public async Task A_name_is_found_by_its_encoded_form_and_its_links_lead_back(string name, string encoded)
    {
        var created = await server.PostAsync("/v1/Conversations", ("UniqueName", name)).ExpectAsync(201);
        foreach (var body in (string[])["1", "2"])
            await server.PostAsync($"/v1/Conversations/{encoded}/Messages", ("Body", body)).ExpectAsync(201);

        var page = await server.GetAsync($"/v1/Conversations/{encoded}/Messages?PageSize=1").ExpectAsync(200);
        var next = await server.GetAsync(page.Body!["meta"]!["next_page_url"]!.ToString()).ExpectAsync(200);

        Assert.Equal(created["sid"], (await server.GetAsync($"/v1/Conversations/{encoded}"))["sid"]);
        Assert.Equal("2", next.Body!["messages"]!.AsArray().Single()!["body"]!.ToString());
    }

    [Fact]
    public async Task The_legacy_resource_for_messages_is_the_present_one()
    {
        var number = await server.Api.Numbers.CreateNewAsync();
        const string legacy = $"{Account}/SMS/Messages";

        var sent = await server.PostAsync(
            $"{legacy}.json", ("From", number), ("To", Handset.NewAddress()), ("Body", "Old")).ExpectAsync(201);

        Assert.Equal("Old", (await server.GetAsync($"{legacy}/{sent["sid"]}.json").ExpectAsync(200))["body"]);
        Assert.Contains(
            (await server.GetAsync($"{legacy}.json")).Body!["sms_messages"]!.AsArray(),
            found => found!["sid"]!.ToString() == sent["sid"]);
        Assert.Contains(
            "<SMSMessage>", (await server.GetAsync($"{legacy}/{sent["sid"]}")).Text, StringComparison.Ordinal);
    }
}
