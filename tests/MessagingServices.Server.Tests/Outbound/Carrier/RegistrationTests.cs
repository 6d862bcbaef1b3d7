using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Carrier;

/// <summary>With <c>Compliance:EnforceA2P</c>, the statuses of registrations decide what can be sent.</summary>
public sealed class RegistrationTests(A2pMessagingServer server) : IClassFixture<A2pMessagingServer>
{
    private const string ToUs = "+14155550123", ToCa = "+16135550123", ToGb = "+447700900123";

    private RegistrationsApi Registrations => server.Api.Registrations;

    [Fact]
    public async Task A_toll_free_number_reaches_the_US_and_Canada_once_it_is_verified()
    {
        var (sid, number) = await Registrations.CreateTollFreeAsync();
        await AssertAsync("failed 30032");

        var verification = (await Registrations.VerifyAsync(sid).ExpectAsync(201))["sid"]!;
        await Registrations.ForceAsync(verification, "PENDING_REVIEW");
        await AssertAsync("failed 30032");
        await Registrations.ForceAsync(verification, "IN_REVIEW");
        await AssertAsync("failed 30032");
        await Registrations.ForceAsync(verification, "TWILIO_REJECTED");
        await AssertAsync("failed 30032");

        // Submitted again, it is approved by the clock.
        await server.PostAsync(RegistrationsApi.PathOf(verification), ("BusinessName", "Eagle")).ExpectAsync(202);
        await server.Api.Clock.ChangeAsync(("Advance", "PT20S"));
        await AssertAsync("delivered");

        await server.DeleteAsync(RegistrationsApi.PathOf(verification)).ExpectAsync(204);
        await AssertAsync("failed 30032");

        async Task AssertAsync(string outcome)
        {
            Assert.Equal(outcome, await server.Api.Messages.OutcomeAsync(number, ToUs));
            Assert.Equal(outcome, await server.Api.Messages.OutcomeAsync(number, ToCa));
        }
    }

    [Fact]
    public async Task A_pool_uses_no_toll_free_number_that_is_not_verified()
    {
        var (sid, number) = await Registrations.CreateTollFreeAsync();
        var service = await server.Api.Services.CreateAsync();
        await server.Api.Services.AddNumberAsync(service, sid).ExpectAsync(201);

        var failed = await server.Api.Messages.SendAndFinishAsync(service, ToUs);
        Assert.Equal(("failed", "30032"), (failed["status"], failed["error_code"]));
        var step = await Registrations.StepAsync(failed["sid"]!, "TollFreeVerified");
        Assert.Equal(number, step!["removed"]![0]!["sender"]!.ToString());
        Assert.Equal("a toll-free number that is not verified", step["removed"]![0]!["why"]!.ToString());
        await server.UpdateSynchronousAsync(service, true);
        await server.PostAsync(
            MessagesApi.Path, ("MessagingServiceSid", service), ("To", ToUs), ("Body", "Hello"))
            .ExpectErrorAsync(400, 30032);
        await server.UpdateSynchronousAsync(service, false);

        var longCode = NumbersApi.New();
        await server.Api.Services.AddSenderAsync(service, longCode);
        await server.Api.Campaigns.RegisterAsync(service).ExpectAsync(201);
        Assert.Equal(longCode, await server.Api.Messages.SenderForAsync(service, "+14155550124"));

        await Registrations.ForceAsync((await Registrations.VerifyAsync(sid).ExpectAsync(201))["sid"]!,
            "TWILIO_APPROVED");
        var sent = await server.Api.Messages.SendAndFinishAsync(service, "+14155550125");
        Assert.Equal("delivered", sent["status"]);
        Assert.Equal("2",
            (await Registrations.StepAsync(sent["sid"]!, "TollFreeVerified"))!["kept_count"]!.ToString());
    }

    [Fact]
    public async Task A_campaign_that_is_not_verified_registers_no_number()
    {
        var (service, number, campaign) = await CampaignAsync(await Registrations.CreateApprovedBrandAsync());
        Assert.Equal("failed 30034", await server.Api.Messages.OutcomeAsync(number, ToUs));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(number, ToCa));
        await AssertRemovedAsync(service, "21703", "its A2P campaign is not verified");

        await server.Api.Clock.ChangeAsync(("Advance", "PT20S"));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(number, ToUs));
        Assert.Equal(number, await server.Api.Messages.SenderForAsync(service, ToUs));

        await Registrations.ForceAsync(campaign, "FAILED");
        Assert.Equal("failed 30034", await server.Api.Messages.OutcomeAsync(number, ToUs));
        await Registrations.ForceAsync(campaign, "SUSPENDED");
        Assert.Equal("failed 30033", await server.Api.Messages.OutcomeAsync(number, ToUs));
        await AssertRemovedAsync(service, "21703", "its A2P campaign is suspended");
    }

    [Fact]
    public async Task A_brand_that_is_suspended_or_failed_stops_its_numbers()
    {
        var brand = await Registrations.CreateApprovedBrandAsync();
        var (_, number, campaign) = await CampaignAsync(brand);
        await Registrations.ForceAsync(campaign, "VERIFIED");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(number, ToUs));

        await Registrations.ForceAsync(brand, "SUSPENDED");
        Assert.Equal("failed 30033", await server.Api.Messages.OutcomeAsync(number, ToUs));
        await Registrations.ForceAsync(brand, "FAILED");

        Assert.Equal("failed 30034", await server.Api.Messages.OutcomeAsync(number, ToUs));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(number, ToGb));
    }

    [Fact]
    public async Task Messages_of_a_sole_proprietor_who_has_not_answered_are_filtered()
    {
        var brand = await Registrations.CreateApprovedBrandAsync(("BrandType", "SOLE_PROPRIETOR"));
        var (service, number, campaign) = await CampaignAsync(brand, ("UsAppToPersonUsecase", "SOLE_PROPRIETOR"));
        await Registrations.ForceAsync(campaign, "VERIFIED");
        await Registrations.ForceAsync(brand, "UNVERIFIED");

        Assert.Equal("undelivered 30007", await server.Api.Messages.OutcomeAsync(number, ToUs));
        var filtered = await server.Api.Messages.SendAndFinishAsync(service, ToUs);
        Assert.Equal(("undelivered", "30007"), (filtered["status"], filtered["error_code"]));
        Assert.Contains("30007",
            (await Registrations.StepAsync(filtered["sid"]!, "A2pRegistration"))!["warning"]!.ToString());

        await server.PostAsync($"{RegistrationsApi.PathOfBrand(brand)}/SmsOtp").ExpectAsync(201);
        await server.Api.Clock.ChangeAsync(("Advance", "PT10S"));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(number, ToUs));
    }

    [Fact]
    public async Task A_mock_brand_registers_no_number()
    {
        var (service, number, campaign) = await CampaignAsync(
            await Registrations.CreateApprovedBrandAsync(("Mock", "true")));
        await Registrations.ForceAsync(campaign, "VERIFIED");

        Assert.Equal("failed 30034", await server.Api.Messages.OutcomeAsync(number, ToUs));
        await AssertRemovedAsync(service, "21703", "its A2P campaign belongs to a mock brand");
    }

    [Fact]
    public async Task A_campaign_that_was_registered_elsewhere_registers_its_numbers()
    {
        var service = await server.Api.Services.CreateAsync();
        var number = NumbersApi.New();
        await server.Api.Services.AddSenderAsync(service, number);

        await server.PostAsync(
            "/v1/Services/PreregisteredUsa2p", ("CampaignId", "CM0001"), ("MessagingServiceSid", service))
            .ExpectAsync(201);

        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(number, ToUs));
        Assert.Equal(number, await server.Api.Messages.SenderForAsync(service, ToUs));
    }

    [Fact]
    public async Task A_scheduled_message_meets_the_statuses_of_its_own_time()
    {
        var (sid, number) = await Registrations.CreateTollFreeAsync();
        var service = await server.Api.Services.CreateAsync();
        await server.Api.Services.AddNumberAsync(service, sid).ExpectAsync(201);
        await Registrations.VerifyAsync(sid).ExpectAsync(201);
        var at = ClockApi.Iso((await server.Api.Clock.NowAsync()).AddMinutes(10));
        var message = await server.Api.Messages.SendAsync(
            ("MessagingServiceSid", service), ("To", ToUs), ("Body", "Hello"), ("ScheduleType", "fixed"),
            ("SendAt", at));

        await server.Api.Clock.ChangeAsync(("Advance", "PT1H"));

        Assert.Equal(number, (await server.Api.Messages.UntilAsync(message, "delivered"))["from"]);
    }

    private async Task<(string Service, string Number, string Campaign)> CampaignAsync(
        string brand, params (string Name, string Value)[] more)
    {
        var service = await server.Api.Services.CreateAsync();
        var number = NumbersApi.New();
        await server.Api.Services.AddSenderAsync(service, number);
        var campaign = await server.Api.Campaigns.RegisterAsync(service, [("BrandRegistrationSid", brand), .. more])
            .ExpectAsync(201);
        return (service, number, campaign["sid"]!);
    }

    private async Task AssertRemovedAsync(string service, string code, string why)
    {
        var failed = await server.Api.Messages.SendAndFinishAsync(service, ToUs);
        Assert.Equal(("failed", code), (failed["status"], failed["error_code"]));
        Assert.Equal(why,
            (await Registrations.StepAsync(failed["sid"]!, "A2pRegistration"))!["removed"]![0]!["why"]!.ToString());
    }
}

/// <summary>The setting by which the response to a message has the errors of selection.</summary>
internal static class SynchronousValidation
{
    public static Task UpdateSynchronousAsync(this MessagingServer server, string service, bool isOn) =>
        server.Api.UpdateAsync(ServicesApi.PathOf(service), ("SynchronousValidation", isOn ? "true" : "false"));
}
