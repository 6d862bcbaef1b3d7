using System.Text;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2;

/// <summary>What is refused of WhatsApp and RCS senders, with which code, and that it changes nothing.</summary>
public sealed class ChannelSenderErrorTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Theory]
    [InlineData("PUT", "/v2/Channels/Senders/XE00000000000000000000000000000000")]
    [InlineData("PATCH", "/v2/Channels/Senders")]
    [InlineData("PUT", "/v1/Services")]
    public async Task A_wrong_method_is_405_whatever_the_body(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method),
            path) { Content = new StringContent("{}", null, "application/json") };

        await ApiResponse.ReadAsync(await server.Http.SendAsync(request)).ExpectErrorAsync(405, 20004);
    }

    private const string Unknown = ChannelSendersApi.Path + "/XE00000000000000000000000000000000";

    /// <summary>What no body of JSON may be; with <c>sender_id</c> where the rest is good.</summary>
    public static TheoryData<string> BadJson =>
    [
        "",
        " ",
        "{",
        "null",
        "[]",
        "\"rcs:agent\"",
        "sender_id=rcs:agent",
        "{\"sender_id\": \"rcs:agent\"} x",
        "{\"sender_id\": \"rcs:agent\", // comment\n}",
        """{"sender_id": "rcs:bad", "sender_id": "rcs:bad"}""",
        """{"sender_id": "rcs:bad", "configuration": "x"}""",
        """{"sender_id": "rcs:bad", "configuration": []}""",
        """{"sender_id": "rcs:bad", "configuration": {"waba_id": 5}}""",
        """{"sender_id": "rcs:bad", "configuration": {"verification_method": "fax"}}""",
        """{"sender_id": "rcs:bad", "configuration": {"voice_application_sid": "AP1"}}""",
        """{"sender_id": "rcs:bad", "configuration": {"account_type": "x"}}""",
        """{"sender_id": "rcs:bad", "webhook": {"callback_url": "example"}}""",
        """{"sender_id": "rcs:bad", "webhook": {"callback_method": "GET"}}""",
        """{"sender_id": "rcs:bad", "webhook": {"fallback_url": "ftp://example.com"}}""",
        """{"sender_id": "rcs:bad", "webhook": {"fallback_method": "GET"}}""",
        """{"sender_id": "rcs:bad", "webhook": {"status_callback_url": "x"}}""",
        """{"sender_id": "rcs:bad", "webhook": {"status_callback_method": "DELETE"}}""",
        """{"sender_id": "rcs:bad", "profile": {"name": ["x"]}}""",
        """{"sender_id": "rcs:bad", "profile": {"name": "a\u0000b"}}""",
        """{"sender_id": "rcs:bad", "profile": {"name": "\ud800"}}""",
        """{"sender_id": "rcs:bad", "profile": {"logo_url": "x"}}""",
        """{"sender_id": "rcs:bad", "profile": {"banner_url": "x"}}""",
        """{"sender_id": "rcs:bad", "profile": {"privacy_url": "x"}}""",
        """{"sender_id": "rcs:bad", "profile": {"terms_of_service_url": "x"}}""",
        """{"sender_id": "rcs:bad", "profile": {"accent_color": "red"}}""",
        """{"sender_id": "rcs:bad", "profile": {"vertical": "Emulators"}}""",
        """{"sender_id": "rcs:bad", "profile": {"websites": "https://example.com"}}""",
        """{"sender_id": "rcs:bad", "profile": {"websites": ["https://example.com"]}}""",
        $$"""{"sender_id": "rcs:bad", "profile": {{string.Concat(Enumerable.Repeat("[", 100))}}}""",
    ];

    [Theory]
    [MemberData(nameof(BadJson))]
    public async Task A_bad_body_is_refused_and_changes_nothing(string json)
    {
        var sid = await server.Api.ChannelSenders.CreateAsync();
        var before = (await server.GetAsync($"{ChannelSendersApi.Path}/{sid}").ExpectAsync(200)).Text;

        await server.Api.PostJsonAsync(ChannelSendersApi.Path, json).ExpectErrorAsync(400, 63100);
        await server.Api.PostJsonAsync($"{ChannelSendersApi.Path}/{sid}", json).ExpectErrorAsync(400, 63100);

        Assert.Equal(before, (await server.GetAsync($"{ChannelSendersApi.Path}/{sid}").ExpectAsync(200)).Text);
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            "SELECT count(*) FROM channel_senders WHERE sender_id IN ('rcs:bad', 'rcs:agent')"));
    }

    [Theory]
    [InlineData("{}", "sender_id is required")]
    [InlineData("""{"sender_id": null}""", "sender_id is required")]
    [InlineData("""{"sender_id": ""}""", "sender_id is required")]
    [InlineData("""{"senderId": "rcs:agent"}""", "sender_id is required")]
    [InlineData("""{"SENDER_ID": "rcs:agent"}""", "sender_id is required")]
    [InlineData("""{"sender_id": 5}""", "sender_id cannot be read")]
    [InlineData("""{"sender_id": "+14155550100"}""", "sender_id must be")]
    [InlineData("""{"sender_id": "whatsapp:agent"}""", "sender_id must be")]
    [InlineData("""{"sender_id": "whatsapp:+1"}""", "sender_id must be")]
    [InlineData("""{"sender_id": "messenger:1234567"}""", "sender_id must be")]
    [InlineData("""{"sender_id": "rcs:"}""", "sender_id must be")]
    [InlineData("""{"sender_id": "rcs:two words"}""", "sender_id must be")]
    public async Task A_sender_needs_an_address(string json, string reason)
    {
        var refused = await server.Api.PostJsonAsync(ChannelSendersApi.Path, json).ExpectErrorAsync(400, 63100);

        Assert.StartsWith($"Validation Error: {reason}", refused["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_a_body_is_refused()
    {
        Assert.Equal("63100", (await ApiResponse.ReadAsync(await server.Http.PostAsync(ChannelSendersApi.Path,
            content: null)))["code"]);
        Assert.Equal("63100", (await ApiResponse.ReadAsync(
            await server.Http.PostAsync($"{ChannelSendersApi.Path}/{await server.Api.ChannelSenders.CreateAsync()}",
            content: null)))["code"]);
    }

    [Fact]
    public async Task Bodies_keep_the_limits_of_all_others()
    {
        var filler = new string('x', 256 * 1024);
        await server.Api.PostJsonAsync(ChannelSendersApi.Path,
            $$"""{"sender_id": "{{ChannelSendersApi.NewAgent()}}", "profile": {"name": "{{filler}}"} }""")
            .ExpectErrorAsync(413, 20413);
        await server.Api.PostJsonAsync(ChannelSendersApi.Path,
            $$"""{"sender_id": "{{ChannelSendersApi.NewAgent()}}", "profile": {"name": "{{filler[..^100]}}"} }""")
            .ExpectAsync(202);
        await server.Api.PostBytesAsync(ChannelSendersApi.Path, [.. "{\"sender_id\": \"rcs:"u8, 0xC3, 0x28, .. "\"}"u8],
            "application/json").ExpectErrorAsync(400, 20001);
        await server.Api.PostBytesAsync(ChannelSendersApi.Path, [.. "{\"sender_id\": \"rcs:"u8, 0, .. "\"}"u8],
            "application/json").ExpectErrorAsync(400, 63100);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/json")]
    public async Task A_body_that_is_no_JSON_is_empty(string type)
    {
        var refused = await server.Api.PostBytesAsync(ChannelSendersApi.Path,
            Encoding.UTF8.GetBytes("""{"sender_id": "rcs:typed"}"""), type).ExpectErrorAsync(400, 63100);

        Assert.Contains("the body is empty", refused["message"], StringComparison.Ordinal);
        await server.PostAsync($"{ChannelSendersApi.Path}/{await server.Api.ChannelSenders.CreateAsync()}",
            ("profile", "x")).ExpectErrorAsync(400, 63100);
    }

    [Fact]
    public async Task Json_with_a_charset_is_json() => await server.Api.PostBytesAsync(
        ChannelSendersApi.Path, Encoding.UTF8.GetBytes($$"""{"sender_id": "{{ChannelSendersApi.NewAgent()}}"}"""),
        "application/json; charset=utf-8").ExpectAsync(202);

    [Fact]
    public async Task An_account_has_a_sender_once()
    {
        using var other = await server.OtherAccountAsync();
        var agent = ChannelSendersApi.NewAgent();
        var json = $$"""{"sender_id": "{{agent}}"}""";
        await server.Api.PostJsonAsync(ChannelSendersApi.Path, json).ExpectAsync(202);

        Assert.Equal($"The sender {agent} is registered already",
            (await server.Api.PostJsonAsync(ChannelSendersApi.Path, json).ExpectErrorAsync(409, 20409))["message"]);
        await other.Api.PostJsonAsync(ChannelSendersApi.Path, json).ExpectAsync(202);
    }

    [Fact]
    public async Task Of_many_that_create_one_sender_one_succeeds()
    {
        var json = $$"""{"sender_id": "{{ChannelSendersApi.NewAgent()}}"}""";

        var answers = await Task.WhenAll(Enumerable.Range(0,
            8).Select(_ => server.Api.PostJsonAsync(ChannelSendersApi.Path, json)));

        Assert.Single(answers, answer => answer.Status == 202);
        Assert.Equal(7, answers.Count(answer => answer.Status == 409 && answer["code"] == "20409"));
    }

    [Fact]
    public async Task A_sender_that_is_deleted_while_it_joins_pools_is_in_none()
    {
        for (var round = 0; round < 10; round++)
        {
            string[] services = [await server.Api.Services.CreateAsync(), await server.Api.Services.CreateAsync()];
            var sid = await server.Api.ChannelSenders.CreateAsync();
            await server.Api.Services.AddChannelSenderAsync(services[0], sid).ExpectAsync(201);

            var moved = Task.WhenAll(
                server.DeleteAsync($"{ServicesApi.Path}/{services[0]}/ChannelSenders/{sid}"),
                server.Api.Services.AddChannelSenderAsync(services[1], sid),
                server.Api.Services.AddChannelSenderAsync(services[0], sid));
            await server.DeleteAsync($"{ChannelSendersApi.Path}/{sid}").ExpectAsync(204);

            Assert.All(await moved, answer => Assert.True(answer.Status is 201 or 204 or 404 or 409, answer.Text));
            Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
                $"SELECT count(*) FROM pool_senders WHERE sid = '{sid}'"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("?Channel=")]
    [InlineData("?Channel=sms")]
    [InlineData("?channels=rcs")]
    [InlineData("?Channel=rcs&PageSize=0")]
    public async Task A_list_needs_a_channel_and_a_good_page(string query) =>
        await server.GetAsync(ChannelSendersApi.Path + query).ExpectErrorAsync(400, 20001);

    [Theory]
    [InlineData(Unknown)]
    [InlineData(ChannelSendersApi.Path + "/XE1")]
    [InlineData(ChannelSendersApi.Path + "/PN00000000000000000000000000000000")]
    public async Task An_unknown_sender_is_not_found(string path)
    {
        await server.GetAsync(path).ExpectErrorAsync(404, 20404);
        await server.Api.PostJsonAsync(path, "{}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync(path).ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task A_whatsapp_sender_has_no_compliance()
    {
        var sid = await server.Api.ChannelSenders.CreateAsync("whatsapp:+14155550166");

        await server.Api.PostJsonAsync($"{ChannelSendersApi.Path}/{sid}",
            """{"profile": {"name": "x"}, "compliance": {"registration_sid": "BU1"}}""").ExpectErrorAsync(400, 63100);

        Assert.Null((await server.GetAsync($"{ChannelSendersApi.Path}/{sid}").ExpectAsync(200)).Body!["profile"]);
    }

    [Fact]
    public async Task Another_accounts_senders_cannot_be_touched()
    {
        using var other = await server.OtherAccountAsync();
        var path = $"{ChannelSendersApi.Path}/{await server.Api.ChannelSenders.CreateAsync()}";

        await other.Api.RequestAsync(HttpMethod.Get, path).ExpectErrorAsync(404, 20404);
        await other.Api.PostJsonAsync(path, """{"profile": {"name": "Theirs"}}""").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Delete, path).ExpectErrorAsync(404, 20404);
        Assert.Empty((await other.Api.RequestAsync(HttpMethod.Get,
            $"{ChannelSendersApi.Path}?Channel=rcs").ExpectAsync(200)).Body!["senders"]!.AsArray());
        Assert.Null((await server.GetAsync(path).ExpectAsync(200)).Body!["profile"]);
    }

    [Fact]
    public async Task Without_credentials_nothing_is_read()
    {
        using var anonymous = server.Client();

        await anonymous.Api.PostJsonAsync(ChannelSendersApi.Path, "{").ExpectErrorAsync(401, 20003);
    }
}
