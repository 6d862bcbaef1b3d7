using System.Text.Json.Nodes;
using MessagingServices.Server.Api.Content;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Content;

/// <summary>Content templates as a resource: what is kept, lists, deletion, what is refused.</summary>
public sealed class ContentTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Contents = "/v1/Content";
    private const string Text = """{"language": "en", "types": {"twilio/text": {"body": "Hi {{1}}"}}}""";

    [Fact]
    public void Every_parameter_is_tried_here() =>
        Field.AssertCovers(typeof(CreateContentForm), [], "FriendlyName", "Language", "Variables", "Types");

    [Fact]
    public async Task A_template_is_kept_as_it_was_sent()
    {
        const string types = """
            {"twilio/text": {"body": "Żółć {{1}} 🚀"}, "twilio/location": {"longitude": 104.9900, "latitude": 39.7392, "label": "Foo \"Bar\" <Co>", "id": null, "address": null},
             "twilio/quick-reply": {"body": "Well?", "actions": [{"type": null, "title": "Yes", "id": "1"}, {"type": null, "title": "No", "id": "2"}]}}
            """;

        var created = await server.Api.PostJsonAsync(Contents,
            $$$"""{"friendly_name": "Greeting", "language": "pl", "variables": {"1": "Anno", "name": ""}, "types": {{{types}}}, "unknown": 1}""").ExpectAsync(201);

        Assert.Equal(["sid", "account_sid", "friendly_name", "language", "variables", "types", "url", "date_created",
            "date_updated", "links"], created.Body.Names());
        Assert.Matches("^HX[0-9a-f]{32}$", created["sid"]);
        Assert.Equal((MessagingServer.AccountSid, "Greeting", "pl"),
            (created["account_sid"], created["friendly_name"], created["language"]));
        Field.AssertMember(created, "variables", """{"1": "Anno", "name": ""}""");
        Field.AssertMember(created, "types", types);
        Assert.Contains("104.9900", created.Text, StringComparison.Ordinal);
        Assert.Equal($"{server.Url}{Contents}/{created["sid"]}", created["url"]);
        Assert.Equal($"{created["url"]}/ApprovalRequests/whatsapp",
            created.Body!["links"]!["approval_create"]!.ToString());
        Assert.Equal($"{created["url"]}/ApprovalRequests", created.Body["links"]!["approval_fetch"]!.ToString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", created["date_created"]);
        Assert.Equal(created["date_created"], created["date_updated"]);
        Assert.Equal(created.Text, (await server.GetAsync(created["url"]!).ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task What_is_not_given_is_empty_and_null_is_not_given()
    {
        var created = await server.Api.PostJsonAsync(Contents,
            """{"friendly_name": null, "language": "en", "variables": null, "types": {"twilio/text": null, "twilio/media": {"media": ["http://localhost/a.png"]}}}""")
            .ExpectAsync(201);

        Assert.Equal("", created["friendly_name"]);
        Field.AssertMember(created, "variables", "{}");
        Field.AssertMember(
            created, "types", """{"twilio/media": {"body": null, "media": ["http://localhost/a.png"]}}""");
    }

    /// <summary>Source: https://github.com/twilio/twilio-node/pull/1046.</summary>
    [Fact]
    public async Task A_member_that_Twilio_does_not_know_is_ignored_as_by_Twilio()
    {
        var created = await server.Api.PostJsonAsync(Contents,
            """{"friendlyName": "Greeting", "language": "en", "types": {"twilio/text": {"body": "Hi"}}}""")
            .ExpectAsync(201);
        var refused = await server.Api.PostJsonAsync(Contents, """{"language": "en", "types": {}}""")
            .ExpectErrorAsync(400, 20001);

        Assert.Equal("", created["friendly_name"]);
        Assert.Equal("Invalid types. At least one content type definition is required", refused["message"]);
    }

    [Theory]
    [InlineData("/content/v1/Content", null)]
    [InlineData("/v1/Content", "content.twilio.com")]
    [InlineData("/v1/Content", "content.dublin.ie1.twilio.com")]
    public async Task It_is_found_by_its_prefix_and_by_twilios_host_and_its_address_leads_back_there(
        string path, string? host)
    {
        var sid = (await server.Api.PostJsonAsync(Contents, Text).ExpectAsync(201))["sid"];
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}/{sid}");
        request.Headers.Host = host;

        var found = await ApiResponse.ReadAsync(await server.Http.SendAsync(request));

        Assert.Equal((200, $"{(host is null ? server.Url : $"http://{host}")}{path}/{sid}"),
            (found.Status, found["url"]));
    }

    [Fact]
    public async Task Pages_hold_every_template_once_newest_first()
    {
        var created = new List<string>();
        for (var i = 0; i < 5; i++)
            created.Add((await server.Api.PostJsonAsync(Contents, Text).ExpectAsync(201))["sid"]!);
        created.Reverse();

        var listed = new List<string>();
        for (var url = $"{Contents}?PageSize=2"; url is not null;)
        {
            var page = await server.GetAsync(url).ExpectAsync(200);
            Assert.Equal("contents", page.Body!["meta"]!["key"]!.ToString());
            listed.AddRange(page.Body["contents"]!.AsArray().Select(template => template!["sid"]!.ToString()));
            url = page.Body["meta"]!["next_page_url"]?.ToString();
        }

        Assert.Equal(created, listed.Take(5));
        Assert.Equal(listed.Distinct(), listed);
    }

    [Fact]
    public async Task A_deleted_template_is_gone()
    {
        var url = (await server.Api.PostJsonAsync(Contents, Text).ExpectAsync(201))["url"]!;

        await server.DeleteAsync(url).ExpectAsync(204);

        await server.GetAsync(url).ExpectErrorAsync(404, 20404);
        await server.DeleteAsync(url).ExpectErrorAsync(404, 20404);
    }

    [Fact]
    public async Task Another_accounts_templates_cannot_be_seen_deleted_or_sent()
    {
        using var other = await server.OtherAccountAsync();
        var sid = (await server.Api.PostJsonAsync(Contents, Text).ExpectAsync(201))["sid"]!;

        await other.Api.RequestAsync(HttpMethod.Get, $"{Contents}/{sid}").ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Delete, $"{Contents}/{sid}").ExpectErrorAsync(404, 20404);
        Assert.Empty((await other.Api.RequestAsync(HttpMethod.Get,
            Contents).ExpectAsync(200)).Body!["contents"]!.AsArray());
        await other.Api.RequestAsync(HttpMethod.Post,
            MessagesApi.Path.Replace(MessagingServer.AccountSid, OtherAccount.SidOf(other), StringComparison.Ordinal),
            ("To", "+14155550100"), ("From", "+14155550199"), ("ContentSid", sid)).ExpectErrorAsync(400, 21655);
        await server.GetAsync($"{Contents}/{sid}").ExpectAsync(200);
    }

    public static TheoryData<string> Nonsense =>
    [
        "", "[]", "null", "\"text\"", "{",
            """{"language": "en", "language": "de", "types": {"twilio/text": {"body": "x"}}}""",
        """{"types": {"twilio/text": {"body": "x"}}}""",
            """{"language": "", "types": {"twilio/text": {"body": "x"}}}""",
        """{"language": 1, "types": {"twilio/text": {"body": "x"}}}""", """{"language": "en"}""",
            """{"language": "en", "types": {}}""",
        """{"language": "en", "types": {"twilio/text": null}}""", """{"language": "en", "types": []}""",
            """{"language": "en", "types": {"twilio/fax": {"body": "x"}}}""",
        """{"language": "en", "types": {"twilio/text": "x"}}""", """{"language": "en", "types": {"twilio/text": {}}}""",
        """{"language": "en", "types": {"twilio/text": {"body": ""}}}""",
            """{"language": "en", "types": {"twilio/text": {"body": 1}}}""",
        """{"language": "en", "types": {"twilio/text": {"body": "a\u0000b"}}}""",
            """{"language": "en", "types": {"twilio/text": {"body": "\ud800"}}}""",
        """{"language": "en", "types": {"twilio/card": {"title": "x", "actions": [{"title": "\u0000"}]}}}""",
        """{"language": "en", "types": {"twilio/media": {}}}""",
            """{"language": "en", "types": {"twilio/media": {"media": "http://localhost/"}}}""",
        """{"language": "en", "types": {"twilio/media": {"media": []}}}""",
            """{"language": "en", "types": {"twilio/media": {"media": [1]}}}""",
        """{"language": "en", "types": {"twilio/media": {"media": [""]}}}""",
        """{"language": "en", "variables": {"1": 1}, "types": {"twilio/text": {"body": "x"}}}""",
        """{"language": "en", "variables": ["1"], "types": {"twilio/text": {"body": "x"}}}""",
        """{"language": "en", "variables": {"1": "\u0000"}, "types": {"twilio/text": {"body": "x"}}}""",
        $$$"""{"friendly_name": "{{{new string('a', 451)}}}", "language": "en", "types": {"twilio/text": {"body": "x"} } }""",
    ];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task What_cannot_be_understood_is_refused_and_makes_no_template(string json)
    {
        var before = await CountAsync();

        await server.Api.PostJsonAsync(Contents, json).ExpectErrorAsync(400, 20001);

        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Too_much_is_refused()
    {
        await server.Api.PostJsonAsync(Contents,
            $$$"""{"language": "en", "types": {"twilio/text": {"body": "{{{new string('a', 300_000)}}}"} } }""")
            .ExpectErrorAsync(413, 20413);
    }

    [Fact]
    public async Task A_name_that_postgresql_cannot_store_is_refused_wherever_it_stands()
    {
        var json = new JsonObject { ["language"] = "en", ["variables"] = new JsonObject { ["a\0"] = "x" },
            ["types"] = JsonNode.Parse("""{"twilio/text": {"body": "x"}}""") };

        await server.Api.PostJsonAsync(Contents, json.ToJsonString()).ExpectErrorAsync(400, 20001);
    }

    private Task<object?> CountAsync() =>
        Sql.ScalarAsync(server.ConnectionString, "SELECT count(*) FROM content_templates");
}
