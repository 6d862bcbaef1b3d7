using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.V1;

/// <summary>What is refused of A2P campaigns, with which code, and that it changes nothing.</summary>
public sealed class A2pCampaignErrorTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    public static TheoryData<int, string, string> WrongWhenRegistered => new()
    {
        { 21717, "BrandRegistrationSid", "BN1" },
        { 21717, "BrandRegistrationSid", "MG0123456789abcdef0123456789abcdef" },
        { 21720, "UsAppToPersonUsecase", "GOSSIP" },
        { 21720, "UsAppToPersonUsecase", "marketing" },
        { 21728, "OptInMessage", new('x', 19) },
        { 21728, "OptInMessage", new('x', 321) },
        { 21728, "OptOutMessage", new('x', 19) },
        { 21728, "HelpMessage", new('x', 321) },
        { 21728, "OptInKeywords", new('x', 256) },
        { 21728, "OptOutKeywords", new('x', 256) },
        { 21728, "HelpKeywords", new('x', 256) },
        { 20001, "SubscriberOptIn", "yes" },
        { 20001, "SubscriberOptIn", "" },
    };

    public static TheoryData<int, string, string> WrongAlways => new()
    {
        { 21728, "Description", new('x', 39) },
        { 21728, "Description", new('x', 4097) },
        { 21728, "MessageFlow", new('x', 39) },
        { 21728, "MessageFlow", new('x', 2049) },
        { 21728, "MessageSamples", new('x', 20) },
        { 20001, "HasEmbeddedLinks", "1" },
        { 20001, "HasEmbeddedLinks", "" },
        { 20001, "HasEmbeddedPhone", "no" },
        { 20001, "AgeGated", "0" },
        { 20001, "DirectLending", "maybe" },
        { 20001, "PrivacyPolicyUrl", "example" },
        { 20001, "TermsAndConditionsUrl", "ftp://example.com" },
    };

    [Theory]
    [MemberData(nameof(WrongWhenRegistered))]
    [MemberData(nameof(WrongAlways))]
    public async Task A_bad_registration_is_refused_and_registers_nothing(int code, string name, string value)
    {
        var service = await server.Api.Services.CreateAsync();

        await server.Api.Campaigns.RegisterAsync(service, (name, value)).ExpectErrorAsync(400, code);

        Assert.Empty((await server.GetAsync(CampaignsApi.PathOf(service)).ExpectAsync(200))
            .Body!["compliance"]!.AsArray());
    }

    [Theory]
    [MemberData(nameof(WrongAlways))]
    public async Task A_bad_change_is_refused_and_changes_nothing(int code, string name, string value)
    {
        var created = await server.Api.Campaigns.RegisterAsync(await server.Api.Services.CreateAsync())
            .ExpectAsync(201);

        await server.PostAsync(created["url"]!, CampaignsApi.NeededByUpdate.With((name, value))).ExpectErrorAsync(400,
            code);

        Assert.Equal(created.Text, (await server.GetAsync(created["url"]!).ExpectAsync(200)).Text);
    }

    [Theory]
    [InlineData(6, 20)]
    [InlineData(2, 19)]
    [InlineData(2, 1025)]
    public async Task Samples_are_two_to_five_of_20_to_1024_characters(int count, int length)
    {
        var samples = Enumerable.Repeat(("MessageSamples", new string('x', length)), count).ToArray();

        await server.Api.Campaigns.RegisterAsync(await server.Api.Services.CreateAsync(), samples).ExpectErrorAsync(400,
            21728);
    }

    [Fact]
    public async Task Whatever_is_missing_is_named()
    {
        var service = await server.Api.Services.CreateAsync();
        foreach (var name in CampaignsApi.Needed.Select(field => field.Name).Distinct())
            await AssertMissingAsync(CampaignsApi.PathOf(service), CampaignsApi.Needed, name);

        var created = await server.Api.Campaigns.RegisterAsync(service).ExpectAsync(201);
        foreach (var name in CampaignsApi.NeededByUpdate.Select(field => field.Name).Distinct())
            await AssertMissingAsync(created["url"]!, CampaignsApi.NeededByUpdate, name);
        Assert.Equal(created.Text, (await server.GetAsync(created["url"]!).ExpectAsync(200)).Text);

        async Task AssertMissingAsync(string path, (string, string)[] form, string name) => Assert.Equal(
            $"Campaign registration failed due to missing parameter: {name}",
            (await server.PostAsync(path, form.Without(name)).ExpectErrorAsync(400, 21727))["message"]);
    }

    [Theory]
    [InlineData("Description")]
    [InlineData("MessageSamples")]
    [InlineData("BrandRegistrationSid")]
    [InlineData("UsAppToPersonUsecase")]
    public async Task What_is_empty_is_missing(string name) =>
        await server.Api.Campaigns.RegisterAsync(await server.Api.Services.CreateAsync(),
            (name, "")).ExpectErrorAsync(400, 21727);

    [Fact]
    public async Task A_service_has_one_campaign_however_many_register_at_once()
    {
        for (var round = 0; round < 3; round++)
        {
            var service = await server.Api.Services.CreateAsync();

            var answers = await Task.WhenAll(Enumerable.Range(0,
                6).Select(_ => server.Api.Campaigns.RegisterAsync(service)));

            Assert.Single(answers, answer => answer.Status == 201);
            Assert.Equal(5, answers.Count(answer => answer.Status == 409 && answer["code"] == "20409"));
            await server.Api.Campaigns.RegisterAsync(service).ExpectErrorAsync(409, 20409);
        }
    }

    [Fact]
    public async Task An_unknown_campaign_or_one_of_another_service_is_not_found()
    {
        var (service, other) = (await server.Api.Services.CreateAsync(), await server.Api.Services.CreateAsync());
        var theirs = (await server.Api.Campaigns.RegisterAsync(other).ExpectAsync(201))["sid"];
        foreach (var path in new[]
                 {
                     $"{CampaignsApi.PathOf(service)}/{theirs}",
                     $"{CampaignsApi.PathOf(service)}/QE00000000000000000000000000000000",
                     $"{CampaignsApi.PathOf(service)}/QE1",
                     $"{CampaignsApi.PathOf("MG00000000000000000000000000000000")}/{theirs}",
                 })
        {
            await server.GetAsync(path).ExpectErrorAsync(404, 20404);
            await server.PostAsync(path, CampaignsApi.NeededByUpdate).ExpectErrorAsync(404, 20404);
            await server.DeleteAsync(path).ExpectErrorAsync(404, 20404);
        }

        await server.Api.Campaigns.RegisterAsync("MG00000000000000000000000000000000").ExpectErrorAsync(404, 20404);
        await server.GetAsync(CampaignsApi.PathOf("MG00000000000000000000000000000000")).ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{CampaignsApi.PathOf(service)}?PageSize=0").ExpectErrorAsync(400, 20001);
    }

    [Fact]
    public async Task Another_accounts_campaigns_cannot_be_touched()
    {
        using var other = await server.OtherAccountAsync();
        var service = await server.Api.Services.CreateAsync();
        var created = await server.Api.Campaigns.RegisterAsync(service).ExpectAsync(201);

        await other.Api.RequestAsync(HttpMethod.Post, CampaignsApi.PathOf(service),
            CampaignsApi.Needed).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Get, CampaignsApi.PathOf(service)).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Get, $"{CampaignsApi.PathOf(service)}/Usecases").ExpectErrorAsync(404,
            20404);
        await other.Api.RequestAsync(HttpMethod.Get, created["url"]!).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Post, created["url"]!,
            CampaignsApi.NeededByUpdate).ExpectErrorAsync(404, 20404);
        await other.Api.RequestAsync(HttpMethod.Delete, created["url"]!).ExpectErrorAsync(404, 20404);
        Assert.Equal(created.Text, (await server.GetAsync(created["url"]!).ExpectAsync(200)).Text);
    }
}
