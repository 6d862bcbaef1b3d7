using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.CampaignRequests;
using static MessagingServices.Server.Tests.Fixtures.Requests;

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
        var service = await server.NewServiceAsync();

        await server.RegisterAsync(service, (name, value)).ExpectErrorAsync(400, code);

        Assert.Empty((await server.GetAsync(Campaigns(service)).ExpectAsync(200)).Body!["compliance"]!.AsArray());
    }

    [Theory]
    [MemberData(nameof(WrongAlways))]
    public async Task A_bad_change_is_refused_and_changes_nothing(int code, string name, string value)
    {
        var created = await server.RegisterAsync(await server.NewServiceAsync()).ExpectAsync(201);

        await server.PostAsync(created["url"]!, NeededByUpdate.With((name, value))).ExpectErrorAsync(400, code);

        Assert.Equal(created.Text, (await server.GetAsync(created["url"]!).ExpectAsync(200)).Text);
    }

    [Theory]
    [InlineData(6, 20)]
    [InlineData(2, 19)]
    [InlineData(2, 1025)]
    public async Task Samples_are_two_to_five_of_20_to_1024_characters(int count, int length)
    {
        var samples = Enumerable.Repeat(("MessageSamples", new string('x', length)), count).ToArray();

        await server.RegisterAsync(await server.NewServiceAsync(), samples).ExpectErrorAsync(400, 21728);
    }

    [Fact]
    public async Task Whatever_is_missing_is_named()
    {
        var service = await server.NewServiceAsync();
        foreach (var name in Needed.Select(field => field.Name).Distinct())
            await AssertMissingAsync(Campaigns(service), Needed, name);

        var created = await server.RegisterAsync(service).ExpectAsync(201);
        foreach (var name in NeededByUpdate.Select(field => field.Name).Distinct())
            await AssertMissingAsync(created["url"]!, NeededByUpdate, name);
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
        await server.RegisterAsync(await server.NewServiceAsync(), (name, "")).ExpectErrorAsync(400, 21727);

    [Fact]
    public async Task A_service_has_one_campaign_however_many_register_at_once()
    {
        for (var round = 0; round < 3; round++)
        {
            var service = await server.NewServiceAsync();

            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.RegisterAsync(service)));

            Assert.Single(answers, answer => answer.Status == 201);
            Assert.Equal(5, answers.Count(answer => answer.Status == 409 && answer["code"] == "20409"));
            await server.RegisterAsync(service).ExpectErrorAsync(409, 20409);
        }
    }

    [Fact]
    public async Task An_unknown_campaign_or_one_of_another_service_is_not_found()
    {
        var (service, other) = (await server.NewServiceAsync(), await server.NewServiceAsync());
        var theirs = (await server.RegisterAsync(other).ExpectAsync(201))["sid"];
        foreach (var path in new[]
                 {
                     $"{Campaigns(service)}/{theirs}", $"{Campaigns(service)}/QE00000000000000000000000000000000", $"{Campaigns(service)}/QE1",
                     $"{Campaigns("MG00000000000000000000000000000000")}/{theirs}",
                 })
        {
            await server.GetAsync(path).ExpectErrorAsync(404, 20404);
            await server.PostAsync(path, NeededByUpdate).ExpectErrorAsync(404, 20404);
            await server.DeleteAsync(path).ExpectErrorAsync(404, 20404);
        }

        await server.RegisterAsync("MG00000000000000000000000000000000").ExpectErrorAsync(404, 20404);
        await server.GetAsync(Campaigns("MG00000000000000000000000000000000")).ExpectErrorAsync(404, 20404);
        await server.GetAsync($"{Campaigns(service)}?PageSize=0").ExpectErrorAsync(400, 20001);
    }

    [Fact]
    public async Task Another_accounts_campaigns_cannot_be_touched()
    {
        using var other = await server.OtherAccountAsync();
        var service = await server.NewServiceAsync();
        var created = await server.RegisterAsync(service).ExpectAsync(201);

        await other.SendAsync(HttpMethod.Post, Campaigns(service), Needed).ExpectErrorAsync(404, 20404);
        await other.SendAsync(HttpMethod.Get, Campaigns(service)).ExpectErrorAsync(404, 20404);
        await other.SendAsync(HttpMethod.Get, $"{Campaigns(service)}/Usecases").ExpectErrorAsync(404, 20404);
        await other.SendAsync(HttpMethod.Get, created["url"]!).ExpectErrorAsync(404, 20404);
        await other.SendAsync(HttpMethod.Post, created["url"]!, NeededByUpdate).ExpectErrorAsync(404, 20404);
        await other.SendAsync(HttpMethod.Delete, created["url"]!).ExpectErrorAsync(404, 20404);
        Assert.Equal(created.Text, (await server.GetAsync(created["url"]!).ExpectAsync(200)).Text);
    }
}
