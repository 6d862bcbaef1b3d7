using MessagingServices.Server.Api.Conversations;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Conversations;

/// <summary>
/// Address configurations as a resource: every field, types, what is refused; and the account's configuration.
/// </summary>
public sealed class AddressConfigurationTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Flow = "FW00000000000000000000000000000001";
    private static readonly string Service = $"IS{MessagingServer.AccountSid[2..]}";

    private static readonly Field[] Both =
    [
        new("FriendlyName", new('n', 256), "friendly_name", $"\"{new string('n', 256)}\""),
        new("AutoCreation.Enabled", "True", "auto_creation",
            $$"""{"enabled": true, "type": "default", "conversation_service_sid": "{{Service}}", "webhook_url": null, "webhook_method": null, "webhook_filters": null, "studio_flow_sid": null, "studio_retry_count": null}"""),
        new("AutoCreation.Type", "Studio", "auto_creation",
            $$"""{"enabled": false, "type": "studio", "conversation_service_sid": "{{Service}}", "webhook_url": null, "webhook_method": null, "webhook_filters": null, "studio_flow_sid": null, "studio_retry_count": null}"""),
        new("AutoCreation.ConversationServiceSid", Service, "auto_creation",
            $$"""{"enabled": false, "type": "default", "conversation_service_sid": "{{Service}}", "webhook_url": null, "webhook_method": null, "webhook_filters": null, "studio_flow_sid": null, "studio_retry_count": null}"""),
    ];

    private static readonly Field[] Table = [.. Both, new("AddressCountry", "ca", "address_country", "\"CA\"")];

    public static TheoryData<Field> Fields => [.. Table];

    public static TheoryData<Field> UpdatedFields => [.. Both];

    [Fact]
    public void Every_parameter_is_tried_here()
    {
        string[] elsewhere =
        [
            "AutoCreation.WebhookUrl", "AutoCreation.WebhookMethod", "AutoCreation.WebhookFilters",
            "AutoCreation.StudioFlowSid", "AutoCreation.StudioRetryCount",
        ];
        Field.AssertCovers(typeof(CreateAddressConfigurationForm), Table, [.. elsewhere, "Type", "Address"]);
        Field.AssertCovers(typeof(UpdateAddressConfigurationForm), Both, elsewhere);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken_on_creation(Field field)
    {
        var created = await NewAsync((field.Name, field.Sent));

        field.AssertShownIn(created);
        field.AssertShownIn(await server.GetAsync(created["url"]!).ExpectAsync(200));
    }

    [Theory]
    [MemberData(nameof(UpdatedFields))]
    public async Task A_field_is_taken_on_update(Field field)
    {
        var url = (await NewAsync())["url"]!;

        field.AssertShownIn(await server.PostAsync(url, (field.Name, field.Sent)).ExpectAsync(200));
        field.AssertShownIn(await server.GetAsync(url).ExpectAsync(200));
    }

    [Fact]
    public async Task The_types_show_what_is_theirs()
    {
        var webhook = await NewAsync(("AutoCreation.Enabled", "true"), ("AutoCreation.Type", "webhook"),
            ("AutoCreation.WebhookUrl", "https://example.com/a"),
            ("AutoCreation.WebhookMethod", "get"), ("AutoCreation.WebhookFilters", "onParticipantAdded"),
            ("AutoCreation.WebhookFilters", "onMessageAdded"));
        Field.AssertMember(webhook, "auto_creation",
            $$"""
            {"enabled": true, "type": "webhook", "conversation_service_sid": "{{Service}}", "webhook_url": "https://example.com/a", "webhook_method": "GET",
             "webhook_filters": ["onParticipantAdded", "onMessageAdded"], "studio_flow_sid": null, "studio_retry_count": null}
            """);

        var studio = await server.PostAsync(webhook["url"]!, ("AutoCreation.Type", "studio"),
            ("AutoCreation.StudioFlowSid", Flow), ("AutoCreation.StudioRetryCount", "3"))
            .ExpectAsync(200);
        Field.AssertMember(studio, "auto_creation",
            $$"""{"enabled": true, "type": "studio", "conversation_service_sid": "{{Service}}", "webhook_url": null, "webhook_method": null, "webhook_filters": null, "studio_flow_sid": "{{Flow}}", "studio_retry_count": 3}""");
    }

    [Fact]
    public async Task It_has_twilios_members_and_is_found_by_address()
    {
        var number = NumbersApi.New();

        var created = await server.PostAsync(ConversationsApi.AddressesPath, ("Type", "sms"),
            ("Address", number)).ExpectAsync(201);

        Assert.Matches("^IG[0-9a-f]{32}$", created["sid"]);
        Assert.Equal(
            ["account_sid", "address", "address_country", "auto_creation", "date_created", "date_updated",
                "friendly_name", "sid", "type", "url"],
            created.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal($"{server.Url}{ConversationsApi.AddressesPath}/{created["sid"]}", created["url"]);
        Assert.Equal(created.Text,
            (await server.GetAsync($"{ConversationsApi.AddressesPath}/{Uri.EscapeDataString(number)}")
                .ExpectAsync(200)).Text);
        await server.PostAsync($"{ConversationsApi.AddressesPath}/{number}",
            ("FriendlyName", "By address")).ExpectAsync(200);
        Assert.Equal("By address", (await server.GetAsync(created["url"]!).ExpectAsync(200))["friendly_name"]);
        await server.PostAsync(ConversationsApi.AddressesPath, ("Type", "sms"),
            ("Address", number)).ExpectErrorAsync(409, 20409);
        Assert.Equal(204, (await server.DeleteAsync($"{ConversationsApi.AddressesPath}/{number}")).Status);
        await server.GetAsync(created["url"]!).ExpectErrorAsync(404, 20404);
        await server.DeleteAsync(created["url"]!).ExpectErrorAsync(404, 20404);
        await server.PostAsync(created["url"]!, ("FriendlyName", "x")).ExpectErrorAsync(404, 20404);
    }

    [Theory]
    [InlineData("SMS", "(415) 555-7001", "sms", "+14155557001")]
    [InlineData("sms", "70707", "sms", "70707")]
    [InlineData("whAtsAPP", "whatsapp:+14155557002", "whatsapp", "whatsapp:+14155557002")]
    [InlineData("whatsapp", "+14155557003", "whatsapp", "whatsapp:+14155557003")]
    [InlineData("rcs", "rcs:brand", "rcs", "rcs:brand")]
    public async Task An_address_is_kept_in_its_one_form(string type, string address, string shownType, string shown)
    {
        var created = await server.PostAsync(ConversationsApi.AddressesPath, ("Type", type),
            ("Address", address)).ExpectAsync(201);

        Assert.Equal((shownType, shown), (created["type"], created["address"]));
        Assert.Contains((await server.GetAsync($"{ConversationsApi.AddressesPath}?Type={type}").ExpectAsync(200))
            .Body!["address_configurations"]!.AsArray(),
            found => found!["sid"]!.ToString() == created["sid"]);
        Assert.DoesNotContain((await server.GetAsync($"{ConversationsApi.AddressesPath}?Type=email").ExpectAsync(200))
            .Body!["address_configurations"]!.AsArray(),
            found => found!["sid"]!.ToString() == created["sid"]);
    }

    [Theory]
    [InlineData("Type", "email")]
    [InlineData("Type", "")]
    [InlineData("Address", "whatsapp:+14155557009")]
    [InlineData("Address", "Acme")]
    [InlineData("Address", "")]
    [InlineData("AddressCountry", "Canada")]
    [InlineData("FriendlyName", "*257")]
    [InlineData("AutoCreation.Enabled", "yes")]
    [InlineData("AutoCreation.Type", "chat")]
    [InlineData("AutoCreation.Type", "webhook")]
    [InlineData("AutoCreation.WebhookUrl", "example.com")]
    [InlineData("AutoCreation.WebhookMethod", "put")]
    [InlineData("AutoCreation.WebhookFilters", "onEverything", 50365)]
    [InlineData("AutoCreation.StudioFlowSid", "FW1")]
    [InlineData("AutoCreation.StudioRetryCount", "4")]
    [InlineData("AutoCreation.ConversationServiceSid", "IS00000000000000000000000000000009")]
    public async Task What_cannot_be_is_refused(string name, string value, int code = 20001)
    {
        (string Name, string Value)[] good = [("Type", "sms"), ("Address", NumbersApi.New())];

        await server.PostAsync(ConversationsApi.AddressesPath,
            [.. good.Where(field => field.Name != name), (name, value == "*257" ? new string('x', 257) : value)])
            .ExpectErrorAsync(400, code);
    }

    [Fact]
    public async Task Other_accounts_do_not_see_it()
    {
        var created = await NewAsync();
        using var other = await server.OtherAccountAsync();

        foreach (var path in new[] { created["url"]!, $"{ConversationsApi.AddressesPath}/{created["address"]}" })
        {
            await other.Api.RequestAsync(HttpMethod.Get, path).ExpectErrorAsync(404, 20404);
            await other.Api.RequestAsync(HttpMethod.Post, path, ("FriendlyName", "Mine")).ExpectErrorAsync(404, 20404);
            await other.Api.RequestAsync(HttpMethod.Delete, path).ExpectErrorAsync(404, 20404);
        }

        Assert.Empty((await other.Api.RequestAsync(HttpMethod.Get,
            ConversationsApi.AddressesPath).ExpectAsync(200)).Body!["address_configurations"]!.AsArray());
        await other.Api.RequestAsync(HttpMethod.Post, ConversationsApi.AddressesPath, ("Type", "sms"),
            ("Address", created["address"]!)).ExpectAsync(201);
    }

    [Fact]
    public async Task The_account_has_one_conversation_service()
    {
        var configuration = await server.GetAsync("/v1/Configuration").ExpectAsync(200);

        Assert.Equal(
            ["account_sid", "default_chat_service_sid", "default_closed_timer", "default_inactive_timer",
                "default_messaging_service_sid", "links", "url"],
            configuration.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal((Service, $"{server.Url}/v1/Configuration"),
            (configuration["default_chat_service_sid"], configuration["url"]));
        using var other = await server.OtherAccountAsync();
        Assert.NotEqual(Service,
            (await other.Api.RequestAsync(HttpMethod.Get,
                "/v1/Configuration").ExpectAsync(200))["default_chat_service_sid"]);
    }

    private Task<ApiResponse> NewAsync(params (string Name, string Value)[] form) =>
        server.PostAsync(ConversationsApi.AddressesPath,
            [("Type", "sms"), ("Address", NumbersApi.New()), .. form]).ExpectAsync(201);
}
