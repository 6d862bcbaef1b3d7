using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>Vettings of brands.</summary>
public sealed class BrandVettingTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private const string Token = "cv|1.0|tcr|10dlc|9975c339-d46f-49b7-a399-EXAMPLETOKEN|GQ3EXAMPLE";

    private RegistrationsApi Registrations => server.Api.Registrations;

    [Fact]
    public async Task A_vetting_succeeds_by_the_clock_and_vets_the_brand()
    {
        var brand = await Registrations.CreateBrandAsync();
        var path = RegistrationsApi.VettingsOf(brand);
        await server.PostAsync(path, ("VettingProvider", "aegis")).ExpectErrorAsync(400, 21717);
        await Registrations.ForceAsync(brand, "APPROVED");

        var vetting = await server.PostAsync(path, ("VettingProvider", "campaign-verify"), ("VettingId", Token))
            .ExpectAsync(201);
        Assert.Equal(
            ["account_sid", "brand_sid", "brand_vetting_sid", "date_created", "date_updated", "url", "vetting_class",
                "vetting_id", "vetting_provider", "vetting_status"],
            vetting.Body.Names().Order(StringComparer.Ordinal));
        Assert.Equal((brand, Token, "POLITICAL", "PENDING"),
            (vetting["brand_sid"], vetting["vetting_id"], vetting["vetting_class"], vetting["vetting_status"]));
        Assert.Equal(vetting.Text, (await server.GetAsync(vetting["url"]!).ExpectAsync(200)).Text);
        await server.PostAsync(path, ("VettingProvider", "campaign-verify"), ("VettingId", Token))
            .ExpectErrorAsync(400, 21723);

        await AdvanceAsync("PT10S");

        Assert.Equal("SUCCESS", (await server.GetAsync(vetting["url"]!))["vetting_status"]);
        Assert.Equal(("APPROVED", "VETTED_VERIFIED"), await Registrations.StatusOfBrandAsync(brand));
        var other = await server.PostAsync(path, ("VettingProvider", "aegis")).ExpectAsync(201);
        Assert.Equal("STANDARD", other["vetting_class"]);
        Assert.Equal([other["brand_vetting_sid"]!, vetting["brand_vetting_sid"]!], await VettingsAsync(path));
        Assert.Equal([vetting["brand_vetting_sid"]!], await VettingsAsync($"{path}?VettingProvider=campaign-verify"));

        Assert.Equal("FAILED",
            (await Registrations.ForceAsync(vetting["brand_vetting_sid"]!, "FAILED"))["vetting_status"]);
        Assert.Equal(("APPROVED", "VERIFIED"), await Registrations.StatusOfBrandAsync(brand));
    }

    [Fact]
    public async Task One_success_vets_the_brand_whatever_becomes_of_other_vettings()
    {
        var brand = await Registrations.CreateApprovedBrandAsync();
        var first = await VetAsync(brand, ("VettingProvider", "campaign-verify"), ("VettingId", Token));
        await AdvanceAsync("PT5S");
        var second = await VetAsync(brand, ("VettingProvider", "aegis"));

        await AdvanceAsync("PT5S");
        Assert.Equal(("APPROVED", "VETTED_VERIFIED"), await Registrations.StatusOfBrandAsync(brand));
        await Registrations.ForceAsync(second, "FAILED");
        Assert.Equal(("APPROVED", "VETTED_VERIFIED"), await Registrations.StatusOfBrandAsync(brand));
        await Registrations.ForceAsync(first, "PENDING");
        Assert.Equal(("APPROVED", "VERIFIED"), await Registrations.StatusOfBrandAsync(brand));

        await Registrations.ForceAsync(second, "SUCCESS");
        await Registrations.ForceAsync(first, "FAILED");
        Assert.Equal(("APPROVED", "VETTED_VERIFIED"), await Registrations.StatusOfBrandAsync(brand));
    }

    [Fact]
    public async Task A_vetting_that_fails_leaves_the_success_of_a_pending_one()
    {
        var brand = await Registrations.CreateApprovedBrandAsync();
        var first = await VetAsync(brand, ("VettingProvider", "campaign-verify"), ("VettingId", Token));
        await VetAsync(brand, ("VettingProvider", "aegis"));

        await Registrations.ForceAsync(first, "FAILED");
        await AdvanceAsync("PT10S");

        Assert.Equal(("APPROVED", "VETTED_VERIFIED"), await Registrations.StatusOfBrandAsync(brand));
    }

    [Fact]
    public async Task A_brand_that_is_submitted_again_is_vetted_again()
    {
        var brand = await Registrations.CreateApprovedBrandAsync();
        await VetAsync(brand, ("VettingProvider", "aegis"));
        await AdvanceAsync("PT10S");
        await Registrations.ForceAsync(brand, "FAILED");
        await server.PostAsync(RegistrationsApi.PathOfBrand(brand)).ExpectAsync(202);
        await Registrations.ForceAsync(brand, "APPROVED");

        var again = await VetAsync(brand, ("VettingProvider", "campaign-verify"), ("VettingId", Token));
        Assert.Equal(("APPROVED", "VERIFIED"), await Registrations.StatusOfBrandAsync(brand));
        await Registrations.ForceAsync(again, "FAILED");
        await AdvanceAsync("PT10S");

        Assert.Equal(("APPROVED", "VERIFIED"), await Registrations.StatusOfBrandAsync(brand));
    }

    [Theory]
    [InlineData(20001, "", "")]
    [InlineData(20001, "other", "")]
    [InlineData(21722, "campaign-verify", "")]
    [InlineData(21722, "campaign-verify", "cv|1.0")]
    public async Task A_bad_vetting_is_refused_and_vets_nothing(int code, string provider, string id)
    {
        var path = RegistrationsApi.VettingsOf(await Registrations.CreateApprovedBrandAsync());

        await server.PostAsync(path, ("VettingProvider", provider), ("VettingId", id)).ExpectErrorAsync(400, code);

        Assert.Empty(await VettingsAsync(path));
    }

    [Fact]
    public async Task Sole_proprietors_and_suspended_brands_are_not_vetted()
    {
        var sole = await Registrations.CreateApprovedBrandAsync(("BrandType", "SOLE_PROPRIETOR"));
        var suspended = await Registrations.CreateApprovedBrandAsync();
        await Registrations.ForceAsync(suspended, "SUSPENDED");

        await server.PostAsync(RegistrationsApi.VettingsOf(sole), ("VettingProvider", "aegis"))
            .ExpectErrorAsync(400, 21721);
        await server.PostAsync(RegistrationsApi.VettingsOf(suspended), ("VettingProvider", "aegis"))
            .ExpectErrorAsync(400, 21731);
    }

    private async Task<string> VetAsync(string brand, params (string Name, string Value)[] form) =>
        (await server.PostAsync(RegistrationsApi.VettingsOf(brand), form).ExpectAsync(201))["brand_vetting_sid"]!;

    private async Task AdvanceAsync(string period) => await server.Api.Clock.ChangeAsync(("Advance", period));

    private async Task<IEnumerable<string>> VettingsAsync(string path) =>
        (await server.GetAsync(path).ExpectAsync(200)).Body!["data"]!.AsArray()
            .Select(vetting => vetting!["brand_vetting_sid"]!.ToString());
}
