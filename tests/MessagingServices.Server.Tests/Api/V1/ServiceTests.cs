using MessagingServices.Server.Api.V1;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>Messaging ServicesApi.Path: every field, its default, what an update keeps and clears.</summary>
public sealed class ServiceTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly Field[] Table =
    [
        new("FriendlyName", "Zażółć 🚀", "friendly_name", "\"Zażółć 🚀\""),
        new("InboundRequestUrl", "https://example.com/in", "inbound_request_url", "\"https://example.com/in\""),
        new("InboundMethod", "get", "inbound_method", "\"GET\""),
        new("FallbackUrl", "https://example.com/fallback#rc=2", "fallback_url",
            "\"https://example.com/fallback#rc=2\""),
        new("FallbackMethod", "GET", "fallback_method", "\"GET\""),
        new("StatusCallback", "http://localhost:9/status", "status_callback", "\"http://localhost:9/status\""),
        new("StickySender", "false", "sticky_sender", "false"),
        new("MmsConverter", "False", "mms_converter", "false"),
        new("SmartEncoding", "false", "smart_encoding", "false"),
        new("ScanMessageContent", "disable", "scan_message_content", "\"disable\""),
        new("FallbackToLongCode", "false", "fallback_to_long_code", "false"),
        new("AreaCodeGeomatch", "false", "area_code_geomatch", "false"),
        new("ValidityPeriod", "600", "validity_period", "600"),
        new("SynchronousValidation", "true", "synchronous_validation", "true"),
        new("Usecase", "marketing", "usecase", "\"marketing\""),
        new("UseInboundWebhookOnNumber", "false", "use_inbound_webhook_on_number", "false"),
    ];

    public static TheoryData<Field> Fields => [.. Table];

    [Fact]
    public void Every_parameter_is_in_the_table()
    {
        Field.AssertCovers(typeof(CreateServiceForm), Table);
        Field.AssertCovers(typeof(UpdateServiceForm), Table);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken_on_creation_and_on_update(Field field)
    {
        (string, string)[] name = field.Name == "FriendlyName" ? [] : [("FriendlyName", "Test")];
        var created = await server.PostAsync(ServicesApi.Path, [.. name, (field.Name, field.Sent)]).ExpectAsync(201);
        field.AssertShownIn(created);
        field.AssertShownIn(await server.GetAsync($"{ServicesApi.Path}/{created["sid"]}").ExpectAsync(200));

        var plain = await server.Api.Services.CreateAsync();
        field.AssertShownIn(await server.PostAsync($"{ServicesApi.Path}/{plain}",
            (field.Name, field.Sent)).ExpectAsync(200));
        field.AssertShownIn(await server.GetAsync($"{ServicesApi.Path}/{plain}").ExpectAsync(200));
    }

    [Theory]
    [InlineData("account_sid", "\"" + MessagingServer.AccountSid + "\"")]
    [InlineData("friendly_name", "\"Plain\"")]
    [InlineData("inbound_request_url", "null")]
    [InlineData("inbound_method", "\"POST\"")]
    [InlineData("fallback_url", "null")]
    [InlineData("fallback_method", "\"POST\"")]
    [InlineData("status_callback", "null")]
    [InlineData("sticky_sender", "true")]
    [InlineData("mms_converter", "true")]
    [InlineData("smart_encoding", "true")]
    [InlineData("scan_message_content", "\"inherit\"")]
    [InlineData("fallback_to_long_code", "true")]
    [InlineData("area_code_geomatch", "true")]
    [InlineData("validity_period", "36000")]
    [InlineData("synchronous_validation", "false")]
    [InlineData("usecase", "\"undeclared\"")]
    [InlineData("us_app_to_person_registered", "false")]
    [InlineData("use_inbound_webhook_on_number", "true")]
    public async Task A_field_that_is_not_given_has_its_default(string member, string expected) =>
        Field.AssertMember(await server.PostAsync(ServicesApi.Path, ("FriendlyName", "Plain")).ExpectAsync(201), member,
            expected);

    [Fact]
    public async Task The_resource_has_twilios_members_and_no_others()
    {
        var service = await server.PostAsync(ServicesApi.Path, ("FriendlyName", "Shape")).ExpectAsync(201);

        Assert.Equal(
            [
                "account_sid", "area_code_geomatch", "date_created", "date_updated", "fallback_method",
                "fallback_to_long_code", "fallback_url",
                "friendly_name", "inbound_method", "inbound_request_url", "links", "mms_converter",
                "scan_message_content", "sid",
                "smart_encoding", "status_callback", "sticky_sender", "synchronous_validation", "url",
                "us_app_to_person_registered",
                "use_inbound_webhook_on_number", "usecase", "validity_period",
            ], service.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Matches("^MG[0-9a-f]{32}$", service["sid"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", service["date_created"]);
        Assert.Equal(service["date_created"], service["date_updated"]);
    }

    [Fact]
    public async Task Addresses_name_the_host_that_the_request_came_to()
    {
        var service = await server.PostAsync("/messaging/v1/Services", ("FriendlyName", "Links")).ExpectAsync(201);

        var url = $"{server.Url}/messaging/v1/Services/{service["sid"]}";
        Assert.Equal(url, service["url"]);
        Assert.Equal(
            [
                $"alpha_senders {url}/AlphaSenders", $"channel_senders {url}/ChannelSenders",
                $"destination_alpha_senders {url}/DestinationAlphaSenders", $"messages {url}/Messages",
                $"phone_numbers {url}/PhoneNumbers",
                $"short_codes {url}/ShortCodes", $"us_app_to_person {url}/Compliance/Usa2p",
                $"us_app_to_person_usecases {url}/Compliance/Usa2p/Usecases",
            ], service.Body!["links"]!.AsObject().Select(link =>
                $"{link.Key} {link.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(service["sid"], (await ApiResponse.ReadAsync(await server.Http.GetAsync(service["url"])))["sid"]);
    }

    [Theory]
    [InlineData("false", "https://example.com/in", null)]
    [InlineData("true", "https://example.com/in", "true")]
    [InlineData("true", "", null)]
    [InlineData("false", "", "false")]
    public async Task Naming_an_inbound_webhook_at_creation_turns_the_numbers_webhooks_off(
        string expected, string url, string? explicitly)
    {
        (string, string)[] given = explicitly is null ? [] : [("UseInboundWebhookOnNumber", explicitly)];

        var created = await server.PostAsync(ServicesApi.Path,
            [("FriendlyName", "Inbound"), ("InboundRequestUrl", url), .. given]).ExpectAsync(201);
        Assert.Equal(expected, created["use_inbound_webhook_on_number"]);
    }

    [Fact]
    public async Task Naming_an_inbound_webhook_later_changes_nothing_else()
    {
        var sid = await server.Api.Services.CreateAsync();

        var updated = await server.PostAsync($"{ServicesApi.Path}/{sid}",
            ("InboundRequestUrl", "https://example.com/in")).ExpectAsync(200);
        Assert.Equal("true", updated["use_inbound_webhook_on_number"]);
    }

    [Fact]
    public async Task An_update_keeps_what_is_absent()
    {
        var created = await server.PostAsync(ServicesApi.Path,
            [.. Table.Select(field => (field.Name, field.Sent))]).ExpectAsync(201);

        var updated = await server.PostAsync($"{ServicesApi.Path}/{created["sid"]}",
            ("FriendlyName", "Renamed")).ExpectAsync(200);
        Assert.Equal("Renamed", updated["friendly_name"]);
        foreach (var field in Table.Where(field => field.Name != "FriendlyName")) field.AssertShownIn(updated);
        foreach (var field in Table.Where(field => field.Name != "FriendlyName"))
            field.AssertShownIn(await server.PostAsync($"{ServicesApi.Path}/{created["sid"]}").ExpectAsync(200));
    }

    [Theory]
    [InlineData("InboundRequestUrl", "null")]
    [InlineData("FallbackUrl", "null")]
    [InlineData("StatusCallback", "null")]
    [InlineData("InboundMethod", "\"POST\"")]
    [InlineData("FallbackMethod", "\"POST\"")]
    public async Task An_update_clears_what_is_empty(string name, string expected)
    {
        var field = Table.Single(row => row.Name == name);
        var created = await server.PostAsync(ServicesApi.Path, ("FriendlyName", "Clear"),
            (name, field.Sent)).ExpectAsync(201);

        Field.AssertMember(await server.PostAsync($"{ServicesApi.Path}/{created["sid"]}", (name, "")).ExpectAsync(200),
            field.Member, expected);
        Field.AssertMember(await server.GetAsync($"{ServicesApi.Path}/{created["sid"]}").ExpectAsync(200), field.Member,
            expected);
    }

    [Fact]
    public async Task Use_cases_are_listed_beside_the_services()
    {
        var answer = await server.GetAsync($"{ServicesApi.Path}/Usecases").ExpectAsync(200);

        var usecases = answer.Body!["usecases"]!.AsArray();
        Assert.Equal(["notifications", "marketing", "verification", "discussion", "poll", "undeclared"],
            usecases.Select(row => row!["usecase"]!.ToString()));
        Assert.All(usecases, row => Assert.All(["description", "purpose"],
            member => Assert.NotEmpty(row![member]!.ToString())));
    }

    [Fact]
    public async Task A_deleted_service_is_gone_with_its_pool_and_leaves_numbers_and_messages()
    {
        var service = await server.Api.Services.CreateAsync();
        var number = await server.Api.Numbers.CreateAsync();
        await server.Api.Services.AddNumberAsync(service, number).ExpectAsync(201);
        var messages = $"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages";
        var message = await server.PostAsync($"{messages}.json", ("To", "+14155550123"),
            ("MessagingServiceSid", service), ("Body", "Hi")).ExpectAsync(201);

        var deleted = await server.DeleteAsync($"{ServicesApi.Path}/{service}").ExpectAsync(204);

        Assert.Equal("", deleted.Text);
        await server.GetAsync($"{ServicesApi.Path}/{service}").ExpectErrorAsync(404, 20404);
        await server.DeleteAsync($"{ServicesApi.Path}/{service}").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{ServicesApi.Path}/{service}/PhoneNumbers").ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{NumbersApi.Root}/{number}.json").ExpectAsync(200);
        Assert.Equal(service, (await server.GetAsync($"{messages}/{message["sid"]}.json")
            .ExpectAsync(200))["messaging_service_sid"]);
        await server.Api.Services.AddNumberAsync(await server.Api.Services.CreateAsync(), number).ExpectAsync(201);
    }
}
