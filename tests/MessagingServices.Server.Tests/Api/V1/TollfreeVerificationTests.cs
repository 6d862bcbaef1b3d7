using MessagingServices.Server.Api.V1;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>Toll-free verifications: every field, the statuses by the clock, changes, the list.</summary>
public sealed class TollfreeVerificationTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private static readonly Field[] Both =
    [
        Text("BusinessName", "business_name"),
        new("BusinessWebsite", "https://example.com/", "business_website", "\"https://example.com/\""),
        new("NotificationEmail", "a@b", "notification_email", "\"a@b\""),
        Text("UseCaseSummary", "use_case_summary"), Text("ProductionMessageSample", "production_message_sample"),
        new("UseCaseCategories", "EVENTS", "use_case_categories", "[\"EVENTS\"]"),
        new("OptInImageUrls", "https://example.com/a.png", "opt_in_image_urls", "[\"https://example.com/a.png\"]"),
        new("OptInType", "MOBILE_QR_CODE", "opt_in_type", "\"MOBILE_QR_CODE\""),
        Text("MessageVolume", "message_volume"), Text("BusinessStreetAddress", "business_street_address"),
        Text("BusinessStreetAddress2", "business_street_address2"), Text("BusinessCity", "business_city"),
        Text("BusinessStateProvinceRegion", "business_state_province_region"),
        Text("BusinessPostalCode", "business_postal_code"), new("BusinessCountry", "US", "business_country", "\"US\""),
        Text("AdditionalInformation", "additional_information"),
        Text("BusinessContactFirstName", "business_contact_first_name"),
        Text("BusinessContactLastName", "business_contact_last_name"),
        new("BusinessContactEmail", "c@d", "business_contact_email", "\"c@d\""),
        new("BusinessContactPhone", "+11231231234", "business_contact_phone", "\"+11231231234\""),
        Text("BusinessRegistrationNumber", "business_registration_number"),
        new("BusinessRegistrationAuthority", "USt-IdNr", "business_registration_authority", "\"USt-IdNr\""),
        Text("BusinessRegistrationCountry", "business_registration_country"),
        new("BusinessType", "NON_PROFIT", "business_type", "\"NON_PROFIT\""),
        Text("BusinessRegistrationPhoneNumber", "business_registration_phone_number"),
        Text("DoingBusinessAs", "doing_business_as"),
        Text("OptInConfirmationMessage", "opt_in_confirmation_message"),
        Text("HelpMessageSample", "help_message_sample"),
        new("PrivacyPolicyUrl", "https://example.com/p", "privacy_policy_url", "\"https://example.com/p\""),
        new("TermsAndConditionsUrl", "https://example.com/t", "terms_and_conditions_url", "\"https://example.com/t\""),
        new("AgeGatedContent", "true", "age_gated_content", "true"),
        new("OptInKeywords", "START", "opt_in_keywords", "[\"START\"]"),
        new("VettingProvider", "CAMPAIGN_VERIFY", "vetting_provider", "\"CAMPAIGN_VERIFY\""),
        new("VettingId", new('v', 500), "vetting_id", $"\"{new string('v', 500)}\""),
    ];

    private static readonly Field[] OfCreate =
    [
        .. Both,
        new("CustomerProfileSid", "BU0123456789abcdef0123456789abcdef", "customer_profile_sid",
            "\"BU0123456789abcdef0123456789abcdef\""),
        Text("ExternalReferenceId", "external_reference_id"),
    ];

    private RegistrationsApi Registrations => server.Api.Registrations;

    [Fact]
    public void Every_parameter_is_in_the_table()
    {
        Field.AssertCovers(typeof(CreateTollfreeVerificationForm), OfCreate, "TollfreePhoneNumberSid");
        Field.AssertCovers(typeof(UpdateTollfreeVerificationForm), Both, "EditReason");
    }

    [Fact]
    public async Task What_is_submitted_is_shown_and_what_is_changed_too()
    {
        var (number, e164) = await Registrations.CreateTollFreeAsync();
        var submitted = await Registrations.VerifyAsync(
            number, [.. OfCreate.Select(field => (field.Name, field.Sent))]).ExpectAsync(201);
        Assert.All(OfCreate, field => field.AssertShownIn(submitted));
        Assert.Equal((number, e164), (submitted["tollfree_phone_number_sid"], submitted["tollfree_phone_number"]));
        Assert.Equal(submitted.Text, (await server.GetAsync(submitted["url"]!).ExpectAsync(200)).Text);

        var (other, _) = await Registrations.CreateTollFreeAsync();
        var plain = await Registrations.VerifyAsync(other).ExpectAsync(201);
        var changed = await server.PostAsync(
            plain["url"]!, [.. Both.Select(field => (field.Name, field.Sent)), ("EditReason", "Website fixed")])
            .ExpectAsync(202);

        Assert.All(Both, field => field.AssertShownIn(changed));
        Assert.Equal("PENDING_REVIEW", changed["status"]);
        Assert.Equal(submitted.Body.Names(), changed.Body.Names());
    }

    [Fact]
    public async Task A_new_verification_has_every_member_that_Twilio_has()
    {
        var (number, _) = await Registrations.CreateTollFreeAsync();

        var verification = await Registrations.VerifyAsync(number).ExpectAsync(201);

        Assert.Matches("^HH[0-9a-f]{32}$", verification["sid"]);
        string[] others =
        [
            "sid", "account_sid", "trust_product_sid", "regulated_item_sid", "date_created", "date_updated",
            "tollfree_phone_number_sid", "tollfree_phone_number", "status", "url", "rejection_reason", "error_code",
            "edit_expiration", "edit_allowed", "rejection_reasons", "resource_links", "vetting_id_expiration",
        ];
        Assert.Equal(others.Concat(OfCreate.Select(field => field.Member)).Order(StringComparer.Ordinal),
            verification.Body.Names().Order(StringComparer.Ordinal));
        foreach (var name in new[] { "edit_allowed", "edit_expiration", "rejection_reasons", "customer_profile_sid",
            "opt_in_keywords", "age_gated_content", "vetting_id", "business_city" })
            Field.AssertMember(verification, name, "null");
        Field.AssertMember(verification, "resource_links", "{}");
    }

    [Fact]
    public async Task It_is_reviewed_and_approved_by_the_clock_and_found_by_its_status()
    {
        var (number, _) = await Registrations.CreateTollFreeAsync();
        var sid = (await Registrations.VerifyAsync(number, ("ExternalReferenceId", number)).ExpectAsync(201))["sid"]!;

        await AssertStatusAsync("PENDING_REVIEW");
        await AdvanceAsync("PT10S");
        await AssertStatusAsync("IN_REVIEW");
        await AdvanceAsync("PT10S");
        await AssertStatusAsync("TWILIO_APPROVED");
        await Registrations.ForceAsync(sid, "TWILIO_REJECTED");
        await AssertStatusAsync("TWILIO_REJECTED");

        Assert.Equal([sid], await Registrations.FindAsync($"TollfreePhoneNumberSid={number}&IncludeSubAccounts=true"));
        Assert.Equal([sid], await Registrations.FindAsync($"ExternalReferenceId={number}"));
        Assert.Empty(await Registrations.FindAsync($"ExternalReferenceId=other&TollfreePhoneNumberSid={number}"));
        Assert.Empty(await Registrations.FindAsync("TrustProductSid=BU0123456789abcdef0123456789abcdef"));

        async Task AssertStatusAsync(string status)
        {
            Assert.Equal(status, (await server.GetAsync(RegistrationsApi.PathOf(sid)).ExpectAsync(200))["status"]);
            foreach (var one in new[] { "PENDING_REVIEW", "IN_REVIEW", "TWILIO_APPROVED", "TWILIO_REJECTED" })
                Assert.Equal(one == status ? [sid] : [],
                    await Registrations.FindAsync($"Status={one}&TollfreePhoneNumberSid={number}"));
        }
    }

    [Fact]
    public async Task A_rejected_verification_can_be_changed_for_seven_days()
    {
        var (number, _) = await Registrations.CreateTollFreeAsync();
        var path = RegistrationsApi.PathOf((await Registrations.VerifyAsync(number).ExpectAsync(201))["sid"]!);
        await RejectAsync(("Reason", "Website down"), ("ErrorCode", "30475"));

        var rejected = await server.GetAsync(path).ExpectAsync(200);
        Assert.Equal(("TWILIO_REJECTED", "Website down", "30475", "true"), (rejected["status"],
            rejected["rejection_reason"], rejected["error_code"], rejected["edit_allowed"]));
        Field.AssertMember(rejected, "rejection_reasons", """[{"code":30475,"reason":"Website down"}]""");
        Assert.Equal(ClockApi.Iso((await server.Api.Clock.NowAsync()).AddDays(7)), rejected["edit_expiration"]);

        await AdvanceAsync("P6D");
        var again = await server.PostAsync(path, ("BusinessName", "Eagle, Inc.")).ExpectAsync(202);
        Assert.Equal(("PENDING_REVIEW", "Eagle, Inc."), (again["status"], again["business_name"]));
        Field.AssertMember(again, "rejection_reasons", "null");
        await AdvanceAsync("PT10S");
        await server.PostAsync(path, ("BusinessName", "Hawk, Inc.")).ExpectErrorAsync(400, 20001);
        await AdvanceAsync("PT10S");
        await server.PostAsync(path, ("BusinessName", "Hawk, Inc.")).ExpectErrorAsync(400, 20001);

        await RejectAsync();
        await AdvanceAsync("P7D");
        Assert.Equal("false", (await server.GetAsync(path))["edit_allowed"]);
        await server.PostAsync(path, ("BusinessName", "Hawk, Inc.")).ExpectErrorAsync(400, 30437);
        Assert.Equal("Eagle, Inc.", (await server.GetAsync(path))["business_name"]);

        Task<ApiResponse> RejectAsync(params (string, string)[] why) =>
            Registrations.ForceAsync(path.Split('/')[^1], "TWILIO_REJECTED", why);
    }

    [Fact]
    public async Task A_number_has_one_verification_until_it_is_rejected_or_deleted()
    {
        var (number, _) = await Registrations.CreateTollFreeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Registrations.VerifyAsync(number)));
        Assert.Equal(5, answers.Count(answer => answer.Status == 409 && answer["code"] == "20409"));
        var first = Assert.Single(answers, answer => answer.Status == 201)["sid"]!;

        await Registrations.ForceAsync(first, "TWILIO_REJECTED", ("ErrorCode", "30481"));
        await server.PostAsync(RegistrationsApi.PathOf(first), ("BusinessName", "Hawk")).ExpectErrorAsync(400, 30437);
        var second = (await Registrations.VerifyAsync(number).ExpectAsync(201))["sid"]!;
        await server.DeleteAsync(RegistrationsApi.PathOf(second)).ExpectAsync(204);
        await server.GetAsync(RegistrationsApi.PathOf(second)).ExpectErrorAsync(404, 20404);
        await server.DeleteAsync(RegistrationsApi.PathOf(second)).ExpectErrorAsync(404, 20404);

        await Registrations.VerifyAsync(number).ExpectAsync(201);
    }

    [Fact]
    public async Task Only_a_toll_free_number_of_the_account_is_verified()
    {
        var longCode = await server.Api.Numbers.CreateAsync();
        foreach (var number in new[] { longCode, "PN00000000000000000000000000000000", "PN1" })
            await Registrations.VerifyAsync(number).ExpectErrorAsync(400, 30436);
        await Registrations.VerifyAsync("").ExpectErrorAsync(400, 20001);
    }

    [Theory]
    [InlineData("NotificationEmail", "nobody")]
    [InlineData("BusinessWebsite", "website")]
    [InlineData("BusinessContactEmail", "nobody")]
    [InlineData("BusinessCountry", "USA")]
    [InlineData("UseCaseCategories", "GOSSIP")]
    [InlineData("OptInImageUrls", "image")]
    [InlineData("OptInType", "verbal")]
    [InlineData("BusinessContactPhone", "123")]
    [InlineData("BusinessRegistrationAuthority", "ein")]
    [InlineData("BusinessType", "OTHER")]
    [InlineData("PrivacyPolicyUrl", "policy")]
    [InlineData("TermsAndConditionsUrl", "terms")]
    [InlineData("AgeGatedContent", "maybe")]
    [InlineData("VettingProvider", "AEGIS")]
    public async Task A_bad_parameter_is_refused_and_changes_nothing(string name, string value)
    {
        var (number, _) = await Registrations.CreateTollFreeAsync();
        await Registrations.VerifyAsync(number, (name, value)).ExpectErrorAsync(400, 20001);
        Assert.Empty(await Registrations.FindAsync($"TollfreePhoneNumberSid={number}"));

        var created = await Registrations.VerifyAsync(number).ExpectAsync(201);
        await server.PostAsync(created["url"]!, (name, value), ("BusinessName", "Hawk")).ExpectErrorAsync(400, 20001);

        Assert.Equal(created.Text, (await server.GetAsync(created["url"]!)).Text);
    }

    [Fact]
    public async Task Texts_are_bounded_and_whatever_is_missing_is_named()
    {
        var (number, _) = await Registrations.CreateTollFreeAsync();
        await Registrations.VerifyAsync(number, ("BusinessCity", new('x', 4097))).ExpectErrorAsync(400, 20001);
        await Registrations.VerifyAsync(number, ("VettingId", new('x', 501))).ExpectErrorAsync(400, 20001);
        await Registrations.VerifyAsync(
            number, [.. Enumerable.Repeat(("OptInKeywords", "START"), 51)]).ExpectErrorAsync(400, 20001);
        foreach (var name in RegistrationsApi.VerificationNeeds.Select(field => field.Name).Distinct())
        {
            (string, string)[] form =
                [.. RegistrationsApi.VerificationNeeds.Without(name), ("TollfreePhoneNumberSid", number)];
            Assert.Equal($"Missing required parameter {name} in the post body",
                (await server.PostAsync(RegistrationsApi.Verifications, form).ExpectErrorAsync(400, 20001))["message"]);
        }

        Assert.Empty(await Registrations.FindAsync($"TollfreePhoneNumberSid={number}"));
    }

    [Theory]
    [InlineData("Status=approved")]
    [InlineData("TollfreePhoneNumberSid=1")]
    [InlineData("IncludeSubAccounts=1")]
    [InlineData("PageSize=0")]
    public async Task A_bad_filter_is_refused(string query) =>
        await server.GetAsync($"{RegistrationsApi.Verifications}?{query}").ExpectErrorAsync(400, 20001);

    [Fact]
    public async Task Another_accounts_verifications_cannot_be_seen_or_touched()
    {
        using var other = await server.OtherAccountAsync();
        var (number, _) = await Registrations.CreateTollFreeAsync();
        var created = await Registrations.VerifyAsync(number).ExpectAsync(201);
        var path = RegistrationsApi.PathOf(created["sid"]!);

        Assert.Empty(await other.Api.Registrations.FindAsync(""));
        await other.Api.Registrations.VerifyAsync(number).ExpectErrorAsync(400, 30436);
        await other.Api.GetAsync(path).ExpectErrorAsync(404, 20404);
        await other.Api.PostAsync(path, ("BusinessName", "Hawk")).ExpectErrorAsync(404, 20404);
        await other.Api.DeleteAsync(path).ExpectErrorAsync(404, 20404);
        await other.Api.PostAsync($"/emulator/v1/Registrations/{created["sid"]}", ("Status", "IN_REVIEW"))
            .ExpectErrorAsync(404, 20404);
        Assert.Equal(created.Text, (await server.GetAsync(path).ExpectAsync(200)).Text);
    }

    private static Field Text(string name, string member) => new(name, "Any text", member, "\"Any text\"");

    private async Task AdvanceAsync(string period) => await server.Api.Clock.ChangeAsync(("Advance", period));
}
