using System.Text.Json;
using System.Text.Json.Nodes;
using MessagingServices.Server.Api.V2;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V2;

/// <summary>WhatsApp and RCS senders: what is kept, what an update keeps and clears, lists, deletion.</summary>
public sealed class ChannelSenderTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    /// <summary>Every member of the objects, and a value that is not the default.</summary>
    private static readonly (string Object, string Member, string Json)[] Table =
    [
        ("configuration", "waba_id", "\"12345678912345\""),
        ("configuration", "verification_method", "\"voice\""),
        ("configuration", "verification_code", "\"123456\""),
        ("configuration", "voice_application_sid", "\"AP0123456789abcdef0123456789abcdef\""),
        ("configuration", "account_type", "\"ISVSubAccount\""),
        ("webhook", "callback_url", "\"https://example.com/in\""),
        ("webhook", "callback_method", "\"PUT\""),
        ("webhook", "fallback_url", "\"https://example.com/fallback\""),
        ("webhook", "fallback_method", "\"PUT\""),
        ("webhook", "status_callback_url", "\"https://example.com/status\""),
        ("webhook", "status_callback_method", "\"POST\""),
        ("profile", "name", "\"Zażółć 🚀 \\\"Sp. z o.o.\\\"\""),
        ("profile", "about", "\"About\""),
        ("profile", "address", "\"Main Street 1\""),
        ("profile", "description", "\"Line one\\nline two\""),
        ("profile", "logo_url", "\"https://example.com/logo.png\""),
        ("profile", "banner_url", "\"https://example.com/banner.png\""),
        ("profile", "privacy_url", "\"https://example.com/privacy\""),
        ("profile", "terms_of_service_url", "\"https://example.com/terms\""),
        ("profile", "accent_color", "\"#11aaFF\""),
        ("profile", "use_case", "\"OTP\""),
        ("profile", "vertical", "\"Beauty, Spa and Salon\""),
        ("profile", "websites",
            """[{"website":"https://example.com","label":"Home"},{"website":"https://example.org"}]"""),
        ("profile", "emails", """[{"email":"a@example.com","label":"Mail"}]"""),
        ("profile", "phone_numbers", """[{"phone_number":"+12125551212","label":"Phone"}]"""),
    ];

    public static TheoryData<string, string, string> Members
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var (inside, member, json) in Table) rows.Add(inside, member, json);
            return rows;
        }
    }

    [Fact]
    public void Every_member_is_in_the_table()
    {
        foreach (var (inside, type) in new (string, Type)[]
                 {
                     ("configuration", typeof(ChannelSenderConfiguration)), ("webhook", typeof(ChannelSenderWebhook)),
                     ("profile", typeof(ChannelSenderProfile)),
                 })
        {
            Assert.Equal(Table.Where(row => row.Object == inside).Select(row => row.Member),
                type.GetProperties().Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)));
        }

        Field.AssertCovers(typeof(CreateChannelSenderForm), [], "SenderId", "FriendlyName", "Configuration",
            "Webhook", "Profile");
        Field.AssertCovers(typeof(UpdateChannelSenderForm), [], "Compliance", "FriendlyName", "Configuration",
            "Webhook", "Profile");
    }

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_member_is_taken_on_creation_and_on_update(string inside, string member, string json)
    {
        var settings = $$"""{"{{member}}": {{json}}}""";
        var created = await server.Api.PostJsonAsync(ChannelSendersApi.Path,
            $$"""{"sender_id": "{{ChannelSendersApi.NewAgent()}}", "{{inside}}": {{settings}}}""").ExpectAsync(202);
        AssertShown(created);
        AssertShown(await server.GetAsync($"{ChannelSendersApi.Path}/{created["sid"]}").ExpectAsync(200));

        var plain = await server.Api.ChannelSenders.CreateAsync();
        AssertShown(await server.Api.PostJsonAsync(
            $"{ChannelSendersApi.Path}/{plain}", $$"""{"{{inside}}": {{settings}}}""").ExpectAsync(202));
        AssertShown(await server.GetAsync($"{ChannelSendersApi.Path}/{plain}").ExpectAsync(200));

        void AssertShown(ApiResponse answer)
        {
            // All members of the object are there, null but for this one.
            var shown = answer.Body![inside]!.AsObject();
            Assert.Equal(Table.Where(row => row.Object == inside).Select(row => row.Member),
                shown.Select(row => row.Key));
            Assert.All(shown, row => Assert.True(JsonNode.DeepEquals(row.Value,
                row.Key == member ? JsonNode.Parse(json) : null), answer.Text));
        }
    }

    [Theory]
    [InlineData("whatsapp:+14155552671", "whatsapp:+14155552671",
        """{"quality_rating":"HIGH","messaging_limit":"10K Customers/24hr"}""", "null")]
    [InlineData("WhatsApp:+44 7700 900123", "whatsapp:+447700900123",
        """{"quality_rating":"HIGH","messaging_limit":"10K Customers/24hr"}""", "null")]
    [InlineData("rcs:brand_agent", "rcs:brand_agent", "null", """{"registration_sid":"","countries":[]}""")]
    public async Task A_sender_needs_its_address_only_and_is_online_when_fetched(
        string sent, string senderId, string properties, string compliance)
    {
        var created = await server.Api.PostJsonAsync(ChannelSendersApi.Path, $$"""{"sender_id": "{{sent}}"}""")
            .ExpectAsync(202);

        Assert.Matches("^XE[0-9a-f]{32}$", created["sid"]);
        var url = $"{server.Url}{ChannelSendersApi.Path}/{created["sid"]}";
        var expected = new Dictionary<string, string>
        {
            ["compliance"] = compliance,
            ["configuration"] = "null",
            ["display_name_status"] = "null",
            ["friendly_name"] = "null",
            ["offline_reasons"] = "null",
            ["pending_display_name"] = "null",
            ["pending_display_name_status"] = "null",
            ["pending_display_name_status_date"] = "null",
            ["profile"] = "null",
            ["properties"] = properties,
            ["sender_id"] = $"\"{senderId}\"",
            ["sid"] = $"\"{created["sid"]}\"",
            ["status"] = "\"CREATING\"",
            ["url"] = $"\"{url}\"",
            ["webhook"] = "null",
        };
        Assert.Equal(expected.Keys,
            created.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.All(expected, member => Field.AssertMember(created, member.Key, member.Value));
        Assert.Equal(created.Text.Replace("CREATING", "ONLINE", StringComparison.Ordinal),
            (await server.GetAsync(url).ExpectAsync(200)).Text);
        Assert.Equal("ONLINE:UPDATING", (await server.Api.PostJsonAsync(url, "{}").ExpectAsync(202))["status"]);
        Assert.Equal("ONLINE", (await server.GetAsync(url).ExpectAsync(200))["status"]);
    }

    [Fact]
    public async Task A_label_is_taken_kept_and_cleared()
    {
        var created = await server.Api.PostJsonAsync(ChannelSendersApi.Path,
            $$"""{"sender_id": "{{ChannelSendersApi.NewAgent()}}", "friendly_name": "Sales"}""").ExpectAsync(202);
        var path = $"{ChannelSendersApi.Path}/{created["sid"]}";

        Assert.Equal("Sales", created["friendly_name"]);
        Assert.Equal("Sales", (await server.Api.PostJsonAsync(path, "{}").ExpectAsync(202))["friendly_name"]);
        await server.Api.PostJsonAsync(path, $$"""{"friendly_name": "{{new string('x', 257)}}"}""")
            .ExpectErrorAsync(400, 63100);
        await server.Api.PostJsonAsync(path, """{"friendly_name": ""}""").ExpectAsync(202);
        Assert.Null((await server.GetAsync(path))["friendly_name"]);
    }

    [Fact]
    public async Task An_update_replaces_given_keeps_absent_or_null_and_clears_empty_fields()
    {
        var created = await server.Api.PostJsonAsync(ChannelSendersApi.Path,
            $$$"""
            {"sender_id": "{{{ChannelSendersApi.NewAgent()}}}", "configuration": {"waba_id": "1", "account_type": "ISV"},
             "webhook": {"callback_url": "https://example.com/"},
             "profile": {"name": "Old", "about": "Kept", "websites": [{"website": "https://example.com", "label": "Home"}]}}
            """).ExpectAsync(202);
        var path = $"{ChannelSendersApi.Path}/{created["sid"]}";

        await server.Api.PostJsonAsync(path,
            """
            {"webhook": null, "profile": {"name": "New", "about": null, "websites": []},
             "configuration": {"account_type": ""}}
            """).ExpectAsync(202);

        var sender = await server.GetAsync(path).ExpectAsync(200);
        Assert.Equal(("1", null), (Inside("configuration", "waba_id"), Inside("configuration", "account_type")));
        Assert.Equal("https://example.com/", Inside("webhook", "callback_url"));
        Assert.Equal(("New", "Kept", "[]"),
            (Inside("profile", "name"), Inside("profile", "about"), Inside("profile", "websites")));

        string? Inside(string name, string member) => sender.Body![name]![member]?.ToString();
    }

    [Fact]
    public async Task Members_that_are_unknown_are_ignored_and_the_address_of_a_sender_stays()
    {
        var agent = ChannelSendersApi.NewAgent();
        var created = await server.Api.PostJsonAsync(ChannelSendersApi.Path,
            $$"""{"sender_id": "{{agent}}", "nick_name": "x", "configuration": {"new": [1]}, "compliance": {"registration_sid": "BU1"} }""").ExpectAsync(202);

        Assert.DoesNotContain("nick_name", created.Body.Names());
        Assert.Equal("", created.Body!["compliance"]!["registration_sid"]!.ToString());
        Assert.Equal(agent, (await server.Api.PostJsonAsync($"{ChannelSendersApi.Path}/{created["sid"]}",
            """{"sender_id": "rcs:other"}""").ExpectAsync(202))["sender_id"]);
    }

    [Fact]
    public async Task An_RCS_senders_compliance_shows_its_registration_and_approved_countries()
    {
        var sid = await server.Api.ChannelSenders.CreateAsync();
        await server.Api.ChannelSenders.ApproveAsync(sid, "US", "GB").ExpectAsync(200);

        var updated = await server.Api.PostJsonAsync(
            $"{ChannelSendersApi.Path}/{sid}", """{"compliance": {"registration_sid": "BU1"}}""").ExpectAsync(202);

        const string compliance = """
            {"registration_sid":"BU1","countries":[
                {"country":"US","registration_sid":"BU1","status":"ONLINE","carriers":[]},
                {"country":"GB","registration_sid":"BU1","status":"ONLINE","carriers":[]}]}
            """;
        Field.AssertMember(updated, "compliance", compliance);
        Field.AssertMember(await server.GetAsync($"{ChannelSendersApi.Path}/{sid}").ExpectAsync(200), "compliance",
            compliance);
        Field.AssertMember(await server.Api.PostJsonAsync($"{ChannelSendersApi.Path}/{sid}",
            """{"profile": {"name": "x"}}""").ExpectAsync(202), "compliance", compliance);
    }

    [Fact]
    public async Task Pages_hold_every_sender_of_the_account_and_channel_once_newest_first()
    {
        using var account = await server.OtherAccountAsync();
        await server.Api.ChannelSenders.CreateAsync();
        var agents = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            agents.Add((await account.Api.PostJsonAsync(ChannelSendersApi.Path,
                $$"""{"sender_id": "{{ChannelSendersApi.NewAgent()}}"}""").ExpectAsync(202))["sid"]!);
            if (i == 2) await account.Api.PostJsonAsync(
                ChannelSendersApi.Path, """{"sender_id": "whatsapp:+14155550111"}""").ExpectAsync(202);
        }

        agents.Reverse();
        var listed = new List<string>();
        for (var url = $"{ChannelSendersApi.Path}?Channel=rcs&PageSize=2"; url is not null;)
        {
            var page = await account.Api.RequestAsync(HttpMethod.Get, url).ExpectAsync(200);
            var meta = page.Body!["meta"]!;
            Assert.Equal("senders", meta["key"]!.ToString());
            Assert.Equal($"{server.Url}{ChannelSendersApi.Path}?Channel=rcs&PageSize=2&Page=0",
                meta["first_page_url"]!.ToString());
            Assert.All(page.Body["senders"]!.AsArray(),
                sender => Assert.Equal("ONLINE", sender!["status"]!.ToString()));
            listed.AddRange(page.Body["senders"]!.AsArray().Select(sender => sender!["sid"]!.ToString()));
            url = meta["next_page_url"]?.ToString();
        }

        Assert.Equal(agents, listed);
        var whatsapp = await account.Api.RequestAsync(HttpMethod.Get,
            $"{ChannelSendersApi.Path}?Channel=whatsapp").ExpectAsync(200);
        Assert.Equal("whatsapp:+14155550111",
            Assert.Single(whatsapp.Body!["senders"]!.AsArray())!["sender_id"]!.ToString());
    }

    [Fact]
    public async Task A_deleted_sender_is_gone_leaves_its_pool_and_can_be_had_again()
    {
        const string address = "whatsapp:+14155550177";
        var (service, sid) = (await server.Api.Services.CreateAsync(),
            await server.Api.ChannelSenders.CreateAsync(address));
        await server.Api.Services.AddChannelSenderAsync(service, sid).ExpectAsync(201);
        await Sql.ScalarAsync(server.ConnectionString,
            $"""
             INSERT INTO sticky_senders (messaging_service_sid, channel, "to", country, sender_sid, is_used,
                 date_created)
             VALUES ('{service}', 'whats_app', '+14155550178', 'US', '{sid}', true, now())
             """);

        Assert.Equal("", (await server.DeleteAsync($"{ChannelSendersApi.Path}/{sid}").ExpectAsync(204)).Text);

        var gone = await server.GetAsync($"{ChannelSendersApi.Path}/{sid}").ExpectErrorAsync(404, 20404);
        Assert.Equal($"The requested resource /Channels/Senders/{sid} was not found", gone["message"]);
        await server.DeleteAsync($"{ChannelSendersApi.Path}/{sid}").ExpectErrorAsync(404, 20404);
        Assert.Empty((await server.GetAsync($"{ServicesApi.Path}/{service}/ChannelSenders").ExpectAsync(200))
            .Body!["senders"]!.AsArray());
        Assert.Equal(0L, await Sql.ScalarAsync(server.ConnectionString,
            $"SELECT count(*) FROM sticky_senders WHERE sender_sid = '{sid}'"));
        Assert.NotEqual(sid, await server.Api.ChannelSenders.CreateAsync(address));
    }
}
