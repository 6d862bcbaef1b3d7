using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>Brands: every field, the statuses by the clock, one-time passwords, the list.</summary>
public sealed class BrandTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private RegistrationsApi Registrations => server.Api.Registrations;

    [Fact]
    public async Task A_new_brand_has_every_member_that_Twilio_has()
    {
        var brand = await server.PostAsync(RegistrationsApi.Brands, RegistrationsApi.BrandNeeds).ExpectAsync(201);

        var url = $"{server.Url}{RegistrationsApi.PathOfBrand(brand["sid"]!)}";
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["a2p_profile_bundle_sid"] = "\"BU1111109f7e067e279523808d267e2d85\"",
            ["account_sid"] = $"\"{MessagingServer.AccountSid}\"",
            ["brand_feedback"] = "[]",
            ["brand_score"] = "null",
            ["brand_type"] = "\"STANDARD\"",
            ["customer_profile_bundle_sid"] = "\"BU0000009f7e067e279523808d267e2d90\"",
            ["date_created"] = $"\"{brand["date_created"]}\"",
            ["date_updated"] = $"\"{brand["date_created"]}\"",
            ["errors"] = "[]",
            ["failure_reason"] = "null",
            ["government_entity"] = "false",
            ["identity_status"] = "\"UNVERIFIED\"",
            ["links"] = $$"""{"brand_vettings":"{{url}}/Vettings","brand_registration_otps":"{{url}}/SmsOtp"}""",
            ["mock"] = "false",
            ["russell_3000"] = "false",
            ["sid"] = $"\"{brand["sid"]}\"",
            ["skip_automatic_sec_vet"] = "false",
            ["status"] = "\"PENDING\"",
            ["tax_exempt_status"] = "null",
            ["tcr_id"] = "null",
            ["url"] = $"\"{url}\"",
        };
        Assert.Equal(expected.Keys, brand.Body.Names().Order(StringComparer.Ordinal));
        Assert.All(expected, member => Field.AssertMember(brand, member.Key, member.Value));
        Assert.Matches("^BN[0-9a-f]{32}$", brand["sid"]);
        Assert.Equal(brand.Text, (await server.GetAsync(brand["url"]!).ExpectAsync(200)).Text);
    }

    [Fact]
    public async Task It_is_reviewed_and_approved_by_the_clock()
    {
        var brand = await Registrations.CreateBrandAsync();
        Assert.Equal(("PENDING", "UNVERIFIED"), await Registrations.StatusOfBrandAsync(brand));

        await AdvanceAsync("PT9S");
        Assert.Equal(("PENDING", "UNVERIFIED"), await Registrations.StatusOfBrandAsync(brand));
        await AdvanceAsync("PT1S");
        Assert.Equal(("IN_REVIEW", "UNVERIFIED"), await Registrations.StatusOfBrandAsync(brand));
        await AdvanceAsync("PT10S");

        var approved = await server.GetAsync(RegistrationsApi.PathOfBrand(brand)).ExpectAsync(200);
        Assert.Equal(("APPROVED", "VERIFIED", "75"),
            (approved["status"], approved["identity_status"], approved["brand_score"]));
        Assert.Matches("^B[0-9A-F]{6}$", approved["tcr_id"]);
        Assert.Equal(ClockApi.Iso(await server.Api.Clock.NowAsync()), approved["date_updated"]);
    }

    [Fact]
    public async Task The_identity_of_a_sole_proprietor_is_verified_when_the_owner_answers()
    {
        var brand = await Registrations.CreateBrandAsync(("BrandType", "SOLE_PROPRIETOR"));
        var otp = $"{RegistrationsApi.PathOfBrand(brand)}/SmsOtp";
        await server.PostAsync(otp).ExpectErrorAsync(400, 21717);
        await AdvanceAsync("PT20S");
        Assert.Equal(("APPROVED", "UNVERIFIED"), await Registrations.StatusOfBrandAsync(brand));
        await AdvanceAsync("PT10S");
        Assert.Equal(("APPROVED", "VERIFIED"), await Registrations.StatusOfBrandAsync(brand));

        // The owner has not answered, and gets a new password.
        await Registrations.ForceAsync(brand, "UNVERIFIED");
        await AdvanceAsync("P1D");
        Assert.Equal(("APPROVED", "UNVERIFIED"), await Registrations.StatusOfBrandAsync(brand));
        var sent = await server.PostAsync(otp).ExpectAsync(201);
        Assert.Equal(["account_sid", "brand_registration_sid"], sent.Body.Names());
        Assert.Equal(brand, sent["brand_registration_sid"]);
        Assert.Equal(("APPROVED", "UNVERIFIED"), await Registrations.StatusOfBrandAsync(brand));
        await AdvanceAsync("PT10S");

        Assert.Equal(("APPROVED", "VERIFIED"), await Registrations.StatusOfBrandAsync(brand));
        Field.AssertMember(await server.GetAsync(RegistrationsApi.PathOfBrand(brand)), "brand_score", "null");
    }

    [Fact]
    public async Task A_standard_brand_has_no_one_time_password()
    {
        var brand = await Registrations.CreateApprovedBrandAsync();

        await server.PostAsync($"{RegistrationsApi.PathOfBrand(brand)}/SmsOtp").ExpectErrorAsync(400, 20001);
    }

    [Fact]
    public async Task Only_a_failed_brand_is_submitted_again_and_only_three_times()
    {
        var brand = await Registrations.CreateBrandAsync();
        var path = RegistrationsApi.PathOfBrand(brand);
        await server.PostAsync(path).ExpectErrorAsync(400, 21725);

        for (var i = 0; i < 3; i++)
        {
            var failed = await Registrations.ForceAsync(brand, "FAILED");
            Assert.Equal("FAILED", failed["status"]);
            var again = await server.PostAsync(path).ExpectAsync(202);
            Assert.Equal("PENDING", again["status"]);
            Field.AssertMember(again, "errors", "[]");
            Field.AssertMember(again, "failure_reason", "null");
        }

        await AdvanceAsync("PT20S");
        Assert.Equal(("APPROVED", "VERIFIED"), await Registrations.StatusOfBrandAsync(brand));
        await Registrations.ForceAsync(brand, "FAILED");
        await server.PostAsync(path).ExpectErrorAsync(400, 21724);
        await Registrations.ForceAsync(brand, "SUSPENDED");
        await server.PostAsync(path).ExpectErrorAsync(400, 21731);
    }

    [Fact]
    public async Task A_forced_status_stays_and_says_why()
    {
        var brand = await Registrations.CreateBrandAsync();

        await Registrations.ForceAsync(brand, "FAILED", ("Reason", "Wrong tax number"), ("ErrorCode", "30795"));
        await AdvanceAsync("P30D");

        var failed = await server.GetAsync(RegistrationsApi.PathOfBrand(brand)).ExpectAsync(200);
        Assert.Equal(("FAILED", "Wrong tax number"), (failed["status"], failed["failure_reason"]));
        Field.AssertMember(failed, "errors",
            """
            [{"error_code":30795,"description":"Wrong tax number","fields":[],
              "url":"https://www.twilio.com/docs/api/errors/30795"}]
            """);
    }

    [Theory]
    [InlineData("CustomerProfileBundleSid", "")]
    [InlineData("CustomerProfileBundleSid", "BU1")]
    [InlineData("A2PProfileBundleSid", "")]
    [InlineData("A2PProfileBundleSid", "MG0000009f7e067e279523808d267e2d90")]
    [InlineData("BrandType", "standard")]
    [InlineData("BrandType", "")]
    [InlineData("Mock", "1")]
    [InlineData("SkipAutomaticSecVet", "")]
    public async Task A_bad_brand_is_refused_and_registers_nothing(string name, string value)
    {
        var before = (await server.GetAsync($"{RegistrationsApi.Brands}?PageSize=1000")).Body!["data"]!.AsArray().Count;

        await server.PostAsync(RegistrationsApi.Brands, RegistrationsApi.BrandNeeds.With((name, value)))
            .ExpectErrorAsync(400, 20001);

        Assert.Equal(before,
            (await server.GetAsync($"{RegistrationsApi.Brands}?PageSize=1000")).Body!["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_list_has_the_newest_first_and_pages()
    {
        var (first, second) = (await Registrations.CreateBrandAsync(), await Registrations.CreateBrandAsync());

        var page = await server.GetAsync($"{RegistrationsApi.Brands}?PageSize=1").ExpectAsync(200);
        Assert.Equal("data", page.Body!["meta"]!["key"]!.ToString());
        Assert.Equal(second, page.Body["data"]![0]!["sid"]!.ToString());

        var next = await server.GetAsync(page.Body["meta"]!["next_page_url"]!.ToString()).ExpectAsync(200);
        Assert.Equal(first, Assert.Single(next.Body!["data"]!.AsArray())!["sid"]!.ToString());
    }

    [Fact]
    public async Task Another_accounts_brands_cannot_be_seen_or_touched()
    {
        using var other = await server.OtherAccountAsync();
        var brand = await Registrations.CreateApprovedBrandAsync(("BrandType", "SOLE_PROPRIETOR"));
        var standard = await Registrations.CreateApprovedBrandAsync();
        var vetting = (await server.PostAsync(RegistrationsApi.VettingsOf(standard), ("VettingProvider", "aegis"))
            .ExpectAsync(201))["brand_vetting_sid"]!;
        var path = RegistrationsApi.PathOfBrand(brand);

        Assert.Empty((await other.Api.GetAsync(RegistrationsApi.Brands).ExpectAsync(200)).Body!["data"]!.AsArray());
        await other.Api.GetAsync(path).ExpectErrorAsync(404, 20404);
        await other.Api.PostAsync(path).ExpectErrorAsync(404, 20404);
        await other.Api.PostAsync($"{path}/SmsOtp").ExpectErrorAsync(404, 20404);
        await other.Api.GetAsync(RegistrationsApi.VettingsOf(standard)).ExpectErrorAsync(404, 20404);
        await other.Api.GetAsync($"{RegistrationsApi.VettingsOf(standard)}/{vetting}").ExpectErrorAsync(404, 20404);
        await other.Api.PostAsync(RegistrationsApi.VettingsOf(standard), ("VettingProvider", "aegis"))
            .ExpectErrorAsync(404, 20404);
        foreach (var (sid, status) in new[] { (brand, "FAILED"), (vetting, "FAILED") })
            await other.Api.PostAsync($"/emulator/v1/Registrations/{sid}", ("Status", status))
                .ExpectErrorAsync(404, 20404);
        Assert.Equal(("APPROVED", "VERIFIED"), await Registrations.StatusOfBrandAsync(brand));
    }

    [Theory]
    [InlineData("BN00000000000000000000000000000000")]
    [InlineData("VT00000000000000000000000000000000")]
    [InlineData("QE00000000000000000000000000000000")]
    [InlineData("HH00000000000000000000000000000000")]
    [InlineData("MG00000000000000000000000000000000")]
    [InlineData("BN1")]
    public async Task What_does_not_exist_cannot_be_forced(string sid)
    {
        var status = sid[..2] switch { "VT" => "SUCCESS", "HH" => "IN_REVIEW", _ => "PENDING" };

        await server.PostAsync($"/emulator/v1/Registrations/{sid}", ("Status", status)).ExpectErrorAsync(404, 20404);
    }

    [Theory]
    [InlineData("Status", "")]
    [InlineData("Status", "approved")]
    [InlineData("Status", "TWILIO_APPROVED")]
    [InlineData("ErrorCode", "1")]
    [InlineData("ErrorCode", "99999999999")]
    public async Task A_bad_forced_status_is_refused_and_changes_nothing(string name, string value)
    {
        var brand = await Registrations.CreateBrandAsync();

        await server.PostAsync(
            $"/emulator/v1/Registrations/{brand}", new[] { ("Status", "FAILED") }.With((name, value)))
            .ExpectErrorAsync(400, 20001);

        Assert.Equal(("PENDING", "UNVERIFIED"), await Registrations.StatusOfBrandAsync(brand));
    }

    [Fact]
    public async Task A_reset_of_messages_keeps_brands_and_one_of_all_removes_them()
    {
        var brand = await Registrations.CreateBrandAsync();

        await server.PostAsync(TestApi.ResetPath).ExpectAsync(204);
        Assert.Equal(("PENDING", "UNVERIFIED"), await Registrations.StatusOfBrandAsync(brand));
        await server.Api.ResetAsync();

        await server.GetAsync(RegistrationsApi.PathOfBrand(brand)).ExpectErrorAsync(404, 20404);
    }

    private async Task AdvanceAsync(string period) => await server.Api.Clock.ChangeAsync(("Advance", period));
}
