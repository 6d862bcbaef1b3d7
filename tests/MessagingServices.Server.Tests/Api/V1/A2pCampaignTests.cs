using MessagingServices.Server.Api.V1;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>A2P campaigns: every field, defaults, what an update changes, the list, use cases.</summary>
public sealed class A2pCampaignTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly Field[] Both =
    [
        new("Description", new('ż', 4096), "description", $"\"{new string('ż', 4096)}\""),
        new("MessageFlow", new('x', 2048), "message_flow", $"\"{new string('x', 2048)}\""),
        new("HasEmbeddedLinks", "true", "has_embedded_links", "true"),
        new("HasEmbeddedPhone", "True", "has_embedded_phone", "true"),
        new("AgeGated", "true", "age_gated", "true"),
        new("DirectLending", "true", "direct_lending", "true"),
        new("PrivacyPolicyUrl", "https://example.com/privacy", "privacy_policy_url", "\"https://example.com/privacy\""),
        new("TermsAndConditionsUrl", "https://example.com/terms", "terms_and_conditions_url",
            "\"https://example.com/terms\""),
    ];

    private static readonly Field[] Table =
    [
        .. Both,
        new("BrandRegistrationSid", "BN00000000000000000000000000000001", "brand_registration_sid",
            "\"BN00000000000000000000000000000001\""),
        new("UsAppToPersonUsecase", "2FA", "us_app_to_person_usecase", "\"2FA\""),
        new("OptInMessage", new('o', 20), "opt_in_message", $"\"{new string('o', 20)}\""),
        new("OptOutMessage", new('o', 320), "opt_out_message", $"\"{new string('o', 320)}\""),
        new("HelpMessage", new('h', 20), "help_message", $"\"{new string('h', 20)}\""),
        new("OptInKeywords", "START", "opt_in_keywords", """["START"]"""),
        new("OptOutKeywords", "STOP", "opt_out_keywords", """["STOP"]"""),
        new("HelpKeywords", new('H', 255), "help_keywords", $"[\"{new string('H', 255)}\"]"),
        new("SubscriberOptIn", "false", "subscriber_opt_in", "false"),
    ];

    public static TheoryData<Field> Fields => [.. Table];

    public static TheoryData<Field> UpdatedFields => [.. Both];

    [Fact]
    public void Every_parameter_is_in_the_table()
    {
        Field.AssertCovers(typeof(CreateA2pCampaignForm), Table, "MessageSamples");
        Field.AssertCovers(typeof(UpdateA2pCampaignForm), Both, "MessageSamples");
        Field.AssertCovers(typeof(ListA2pUsecasesForm), [], "BrandRegistrationSid");
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken_on_registration(Field field)
    {
        using var versioned = Versioned();
        var service = await server.Api.Services.CreateAsync();

        var created = await versioned.Api.RequestAsync(HttpMethod.Post, CampaignsApi.PathOf(service),
            CampaignsApi.Needed.With((field.Name, field.Sent))).ExpectAsync(201);

        field.AssertShownIn(created);
        field.AssertShownIn(await versioned.Api.RequestAsync(HttpMethod.Get, created["url"]!).ExpectAsync(200));
    }

    [Theory]
    [MemberData(nameof(UpdatedFields))]
    public async Task A_field_is_taken_on_update(Field field)
    {
        using var versioned = Versioned();
        var url = (await server.Api.Campaigns.RegisterAsync(await server.Api.Services.CreateAsync())
            .ExpectAsync(201))["url"]!;

        field.AssertShownIn(await versioned.Api.RequestAsync(HttpMethod.Post, url,
            CampaignsApi.NeededByUpdate.With((field.Name, field.Sent))).ExpectAsync(200));
        field.AssertShownIn(await versioned.Api.RequestAsync(HttpMethod.Get, url).ExpectAsync(200));
    }

    [Fact]
    public async Task A_registered_campaign_is_verified_and_has_twilios_members_and_defaults()
    {
        var service = await server.Api.Services.CreateAsync();

        var campaign = await server.Api.Campaigns.RegisterAsync(service).ExpectAsync(201);

        Assert.Matches("^QE[0-9a-f]{32}$", campaign["sid"]);
        Assert.Matches("^C[0-9A-Z]{6}$", campaign["campaign_id"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", campaign["date_created"]);
        var expected = new Dictionary<string, string>
        {
            ["account_sid"] = $"\"{MessagingServer.AccountSid}\"",
            ["age_gated"] = "false",
            ["brand_registration_sid"] = $"\"{CampaignsApi.Brand}\"",
            ["campaign_id"] = $"\"{campaign["campaign_id"]}\"",
            ["campaign_status"] = "\"VERIFIED\"",
            ["date_created"] = $"\"{campaign["date_created"]}\"",
            ["date_updated"] = $"\"{campaign["date_created"]}\"",
            ["description"] = $"\"{new string('d', 40)}\"",
            ["direct_lending"] = "false",
            ["errors"] = "[]",
            ["has_embedded_links"] = "false",
            ["has_embedded_phone"] = "false",
            ["help_keywords"] = """["HELP","INFO"]""",
            ["help_message"] = "\"Reply STOP to unsubscribe. Msg&Data Rates May Apply.\"",
            ["is_externally_registered"] = "false",
            ["message_flow"] = $"\"{new string('f', 40)}\"",
            ["message_samples"] = $"[\"{new string('1', 20)}\",\"{new string('2', 20)}\"]",
            ["messaging_service_sid"] = $"\"{service}\"",
            ["mock"] = "false",
            ["opt_in_keywords"] = "[]",
            ["opt_in_message"] = "null",
            ["opt_out_keywords"] = """["STOP","STOPALL","UNSUBSCRIBE","CANCEL","END","QUIT"]""",
            ["opt_out_message"] =
                "\"You have successfully been unsubscribed. You will not receive any more messages from this number. "
                    + "Reply START to resubscribe.\"",
            ["rate_limits"] = """{"att":{"mps":600,"msg_class":"A"},"tmobile":{"brand_tier":"TOP"}}""",
            ["sid"] = $"\"{campaign["sid"]}\"",
            ["subscriber_opt_in"] = "true",
            ["url"] = $"\"{server.Url}{CampaignsApi.PathOf(service)}/{campaign["sid"]}\"",
            ["us_app_to_person_usecase"] = "\"MARKETING\"",
        };
        Assert.Equal(expected.Keys,
            campaign.Body!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.All(expected, member => Field.AssertMember(campaign, member.Key, member.Value));
        Assert.Equal(campaign.Text, (await server.GetAsync(campaign["url"]!).ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task Lists_in_a_form_keep_all_their_items()
    {
        var service = await server.Api.Services.CreateAsync();
        var samples = Enumerable.Range(1,
            5).Select(i => ("MessageSamples", $"Sample {i}: {new string('x', 1014)}")).ToArray();

        var campaign = await server.Api.Campaigns.RegisterAsync(service,
            [.. samples, ("OptOutKeywords", "STOP"), ("OptOutKeywords", "QUIT")]).ExpectAsync(201);

        Assert.Equal(samples.Select(sample => sample.Item2),
            campaign.Body!["message_samples"]!.AsArray().Select(sample => sample!.ToString()));
        Assert.Equal(["STOP", "QUIT"], campaign.Body["opt_out_keywords"]!.AsArray().Select(word => word!.ToString()));
    }

    [Fact]
    public async Task Sole_proprietors_have_a_use_case_and_rates_of_their_own()
    {
        var campaign = await server.Api.Campaigns.RegisterAsync(await server.Api.Services.CreateAsync(),
            ("UsAppToPersonUsecase", "SOLE_PROPRIETOR")).ExpectAsync(201);

        Field.AssertMember(campaign, "rate_limits",
            """{"att":{"mps":0.25,"msg_class":"A"},"tmobile":{"brand_tier":"LOW"}}""");
    }

    [Fact]
    public async Task An_update_keeps_what_it_cannot_change()
    {
        var created = await server.Api.Campaigns.RegisterAsync(await server.Api.Services.CreateAsync(),
            ("OptInKeywords", "START"), ("SubscriberOptIn", "false")).ExpectAsync(201);

        var updated = await server.PostAsync(created["url"]!,
            CampaignsApi.NeededByUpdate.With(("MessageSamples", new string('5', 20)),
                ("MessageSamples", new string('6', 20))))
            .ExpectAsync(200);

        string[] changed = ["description", "message_flow", "message_samples", "date_updated"];
        foreach (var (name, value) in created.Body!.AsObject().Where(member => !changed.Contains(member.Key)))
            Field.AssertMember(updated, name, value?.ToJsonString() ?? "null");
        Field.AssertMember(updated, "message_samples", $"[\"{new string('5', 20)}\",\"{new string('6', 20)}\"]");
    }

    [Theory]
    [InlineData("v1", true)]
    [InlineData("", false)]
    public async Task Two_members_more_are_for_requests_that_name_a_version(string version, bool shown)
    {
        using var client = Versioned(version);
        var service = await server.Api.Services.CreateAsync();

        var created = await client.Api.RequestAsync(HttpMethod.Post, CampaignsApi.PathOf(service),
            CampaignsApi.Needed).ExpectAsync(201);

        ApiResponse[] answers = [created, await client.Api.RequestAsync(HttpMethod.Get, created["url"]!),
            await client.Api.RequestAsync(HttpMethod.Post, created["url"]!, CampaignsApi.NeededByUpdate)];
        var listed = (await client.Api.RequestAsync(HttpMethod.Get, CampaignsApi.PathOf(service)).ExpectAsync(200))
            .Body!["compliance"]![0]!;
        foreach (var campaign in answers.Select(answer => answer.Body!).Append(listed))
        {
            Assert.Equal(shown, campaign.AsObject().ContainsKey("privacy_policy_url"));
            Assert.Equal(shown, campaign.AsObject().ContainsKey("terms_and_conditions_url"));
        }
    }

    [Fact]
    public async Task The_list_holds_the_services_own_campaign_and_deletion_makes_room_for_another()
    {
        var (service, other) = (await server.Api.Services.CreateAsync(), await server.Api.Services.CreateAsync());
        await server.Api.Campaigns.RegisterAsync(other).ExpectAsync(201);
        var created = await server.Api.Campaigns.RegisterAsync(service).ExpectAsync(201);
        Assert.Equal("true", (await server.GetAsync($"{ServicesApi.Path}/{service}"))["us_app_to_person_registered"]);

        var list = await server.GetAsync(CampaignsApi.PathOf(service)).ExpectAsync(200);
        Assert.Equal("compliance", list.Body!["meta"]!["key"]!.ToString());
        Assert.Equal(created["sid"], Assert.Single(list.Body["compliance"]!.AsArray())!["sid"]!.ToString());

        Assert.Equal("", (await server.DeleteAsync(created["url"]!).ExpectAsync(204)).Text);

        await server.GetAsync(created["url"]!).ExpectErrorAsync(404, 20404);
        Assert.Empty((await server.GetAsync(CampaignsApi.PathOf(service)).ExpectAsync(200))
            .Body!["compliance"]!.AsArray());
        Assert.Equal("false", (await server.GetAsync($"{ServicesApi.Path}/{service}"))["us_app_to_person_registered"]);
        Assert.Contains("true",
            (await server.GetAsync($"{ServicesApi.Path}?PageSize=1000")).Body!["services"]!.AsArray()
            .Where(found => found!["sid"]!.ToString() == other)
            .Select(found => found!["us_app_to_person_registered"]!.ToString()));
        await server.Api.Campaigns.RegisterAsync(service).ExpectAsync(201);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?BrandRegistrationSid=" + CampaignsApi.Brand)]
    public async Task Use_cases_are_listed_beside_the_campaigns(string query)
    {
        var service = await server.Api.Services.CreateAsync();

        var usecases = (await server.GetAsync($"{CampaignsApi.PathOf(service)}/Usecases{query}").ExpectAsync(200))
            .Body!["us_app_to_person_usecases"]!.AsArray();

        Assert.Equal(
            "2FA ACCOUNT_NOTIFICATION AGENTS_FRANCHISES CHARITY PROXY CUSTOMER_CARE DELIVERY_NOTIFICATION EMERGENCY "
                + "FRAUD_ALERT HIGHER_EDUCATION "
            + "K12_EDUCATION LOW_VOLUME MARKETING MIXED POLITICAL POLLING_VOTING PUBLIC_SERVICE_ANNOUNCEMENT "
                + "SECURITY_ALERT SOCIAL SWEEPSTAKE",
            string.Join(' ', usecases.Select(row => row!["code"]!.ToString())));
        Assert.All(usecases, row => Assert.Equal(["code", "name", "description", "post_approval_required"],
            row!.AsObject().Select(member => member.Key)));
        await server.GetAsync($"{CampaignsApi.PathOf(service)}/Usecases?BrandRegistrationSid=BN1").ExpectErrorAsync(400,
            21717);
        await server.GetAsync($"{CampaignsApi.PathOf("MG00000000000000000000000000000000")}/Usecases")
            .ExpectErrorAsync(404, 20404);
    }

    private HttpClient Versioned(string version = "v1")
    {
        var client = server.Client(MessagingServer.AccountSid, MessagingServer.AuthToken);
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Twilio-Api-Version", version);
        return client;
    }
}
