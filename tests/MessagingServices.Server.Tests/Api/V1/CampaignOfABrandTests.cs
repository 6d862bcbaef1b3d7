using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>What a registered brand decides for its campaigns, and campaigns that were registered elsewhere.</summary>
public sealed class CampaignOfABrandTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private const string Preregistered = "/v1/Services/PreregisteredUsa2p";

    private RegistrationsApi Registrations => server.Api.Registrations;

    [Fact]
    public async Task It_is_reviewed_and_verified_by_the_clock()
    {
        var service = await server.Api.Services.CreateAsync();
        var campaign = await RegisterAsync(service, await Registrations.CreateApprovedBrandAsync());
        Assert.Equal("PENDING", campaign["campaign_status"]);
        await AssertRegisteredAsync(service, false);

        await AdvanceAsync("PT10S");
        Assert.Equal("IN_PROGRESS", await StatusAsync(campaign));
        await AdvanceAsync("PT10S");

        Assert.Equal("VERIFIED", await StatusAsync(campaign));
        await AssertRegisteredAsync(service, true);
    }

    [Fact]
    public async Task A_brand_must_be_approved_first()
    {
        var service = await server.Api.Services.CreateAsync();
        var brand = await Registrations.CreateBrandAsync();
        foreach (var status in new[] { "PENDING", "IN_REVIEW", "FAILED" })
        {
            await Registrations.ForceAsync(brand, status);
            await TryAsync(service, brand).ExpectErrorAsync(400, 21717);
        }

        await Registrations.ForceAsync(brand, "SUSPENDED");
        await TryAsync(service, brand).ExpectErrorAsync(400, 21731);
        await Registrations.ForceAsync(brand, "APPROVED");

        await RegisterAsync(service, brand);
    }

    [Fact]
    public async Task A_sole_proprietor_is_verified_first_and_has_one_campaign_of_its_own_use_case()
    {
        var brand = await Registrations.CreateApprovedBrandAsync(("BrandType", "SOLE_PROPRIETOR"));
        var service = await server.Api.Services.CreateAsync();
        await TryAsync(service, brand).ExpectErrorAsync(400, 21720);
        await Registrations.ForceAsync(brand, "UNVERIFIED");
        await TryAsync(service, brand, ("UsAppToPersonUsecase", "SOLE_PROPRIETOR")).ExpectErrorAsync(400, 21717);
        await Registrations.ForceAsync(brand, "VERIFIED");

        await RegisterAsync(service, brand, ("UsAppToPersonUsecase", "SOLE_PROPRIETOR"));

        await TryAsync(
            await server.Api.Services.CreateAsync(), brand, ("UsAppToPersonUsecase", "SOLE_PROPRIETOR"))
            .ExpectErrorAsync(400, 21732);
        await TryAsync(
            await server.Api.Services.CreateAsync(), await Registrations.CreateApprovedBrandAsync(),
            ("UsAppToPersonUsecase", "SOLE_PROPRIETOR")).ExpectErrorAsync(400, 21720);
    }

    [Fact]
    public async Task A_brand_that_loses_its_approval_takes_its_campaigns_with_it()
    {
        var service = await server.Api.Services.CreateAsync();
        var brand = await Registrations.CreateApprovedBrandAsync();
        var campaign = await RegisterAsync(service, brand);
        await AdvanceAsync("PT20S");
        Assert.Equal("VERIFIED", await StatusAsync(campaign));

        await Registrations.ForceAsync(brand, "SUSPENDED");
        Assert.Equal("SUSPENDED", await StatusAsync(campaign));
        await server.PostAsync(campaign["url"]!, CampaignsApi.NeededByUpdate).ExpectErrorAsync(400, 21731);
        await Registrations.ForceAsync(brand, "FAILED");
        Assert.Equal("PENDING", await StatusAsync(campaign));
        await AssertRegisteredAsync(service, false);
        await Registrations.ForceAsync(brand, "APPROVED");

        Assert.Equal("VERIFIED", await StatusAsync(campaign));
    }

    [Fact]
    public async Task A_failed_campaign_says_why_and_is_submitted_again_by_an_update()
    {
        var service = await server.Api.Services.CreateAsync();
        var campaign = await RegisterAsync(service, await Registrations.CreateApprovedBrandAsync());

        var failed = await Registrations.ForceAsync(campaign["sid"]!, "FAILED");
        Assert.Equal("FAILED", failed["campaign_status"]);
        Assert.Equal("30897", failed.Body!["errors"]![0]!["error_code"]!.ToString());
        Assert.Equal(failed.Text, (await server.GetAsync(campaign["url"]!)).Text);

        var again = await server.PostAsync(campaign["url"]!, CampaignsApi.NeededByUpdate).ExpectAsync(200);
        Assert.Equal("PENDING", again["campaign_status"]);
        Field.AssertMember(again, "errors", "[]");
        await AdvanceAsync("PT20S");
        Assert.Equal("VERIFIED", await StatusAsync(campaign));

        await Registrations.ForceAsync(campaign["sid"]!, "SUSPENDED");
        await server.PostAsync(campaign["url"]!, CampaignsApi.NeededByUpdate).ExpectErrorAsync(400, 21729);
    }

    [Fact]
    public async Task A_mock_brand_has_mock_campaigns()
    {
        var campaign = await RegisterAsync(
            await server.Api.Services.CreateAsync(), await Registrations.CreateApprovedBrandAsync(("Mock", "true")));

        Assert.Equal("true", campaign["mock"]);
    }

    [Fact]
    public async Task A_brand_that_is_not_registered_here_is_taken_for_approved()
    {
        var service = await server.Api.Services.CreateAsync();
        using var other = await server.OtherAccountAsync();
        var theirs = await other.Api.Registrations.CreateBrandAsync();

        var campaign = await RegisterAsync(service, theirs);

        Assert.Equal("VERIFIED", campaign["campaign_status"]);
        Assert.Equal("VERIFIED", await StatusAsync(campaign));
        await AssertRegisteredAsync(service, true);
    }

    [Fact]
    public async Task A_campaign_that_was_registered_elsewhere_is_linked_and_verified()
    {
        var service = await server.Api.Services.CreateAsync();

        var linked = await server.PostAsync(
            Preregistered, ("CampaignId", "CM0001"), ("MessagingServiceSid", service), ("CnpMigration", "false"))
            .ExpectAsync(201);

        Assert.Equal(["account_sid", "campaign_id", "date_created", "messaging_service_sid", "sid"],
            linked.Body.Names().Order(StringComparer.Ordinal));
        Assert.Equal(("CM0001", service), (linked["campaign_id"], linked["messaging_service_sid"]));
        var campaign = await server.GetAsync($"{CampaignsApi.PathOf(service)}/{linked["sid"]}").ExpectAsync(200);
        Assert.Equal(("VERIFIED", "true", "CM0001"),
            (campaign["campaign_status"], campaign["is_externally_registered"], campaign["campaign_id"]));
        Field.AssertMember(campaign, "brand_registration_sid", "null");
        await AssertRegisteredAsync(service, true);
        await server.PostAsync(Preregistered, ("CampaignId", "CM0001"), ("MessagingServiceSid", service))
            .ExpectErrorAsync(409, 20409);
    }

    [Theory]
    [InlineData(20001, "CampaignId", "")]
    [InlineData(20001, "MessagingServiceSid", "")]
    [InlineData(21705, "MessagingServiceSid", "MG1")]
    [InlineData(21701, "MessagingServiceSid", "MG00000000000000000000000000000000")]
    [InlineData(20001, "CnpMigration", "1")]
    public async Task A_bad_link_is_refused_and_links_nothing(int code, string name, string value)
    {
        var service = await server.Api.Services.CreateAsync();

        await server.PostAsync(
            Preregistered, new[] { ("CampaignId", "CM0001"), ("MessagingServiceSid", service) }.With((name, value)))
            .ExpectErrorAsync(400, code);

        await AssertRegisteredAsync(service, false);
    }

    [Fact]
    public async Task Another_accounts_service_and_campaign_cannot_be_touched()
    {
        using var other = await server.OtherAccountAsync();
        var service = await server.Api.Services.CreateAsync();
        await other.Api.PostAsync(Preregistered, ("CampaignId", "CM0001"), ("MessagingServiceSid", service))
            .ExpectErrorAsync(400, 21701);
        var campaign = await RegisterAsync(service, CampaignsApi.Brand);

        await other.Api.PostAsync($"/emulator/v1/Registrations/{campaign["sid"]}", ("Status", "SUSPENDED"))
            .ExpectErrorAsync(404, 20404);

        Assert.Equal("VERIFIED", await StatusAsync(campaign));
    }

    private Task<ApiResponse> TryAsync(string service, string brand, params (string Name, string Value)[] more) =>
        server.Api.Campaigns.RegisterAsync(service, [("BrandRegistrationSid", brand), .. more]);

    private Task<ApiResponse> RegisterAsync(string service, string brand, params (string Name, string Value)[] more) =>
        TryAsync(service, brand, more).ExpectAsync(201);

    private async Task<string?> StatusAsync(ApiResponse campaign) =>
        (await server.GetAsync(campaign["url"]!).ExpectAsync(200))["campaign_status"];

    private async Task AssertRegisteredAsync(string service, bool expected) => Field.AssertMember(
        await server.GetAsync(ServicesApi.PathOf(service)).ExpectAsync(200), "us_app_to_person_registered",
        expected ? "true" : "false");

    private async Task AdvanceAsync(string period) => await server.Api.Clock.ChangeAsync(("Advance", period));
}
