using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Outbound.Carrier;

/// <summary>With <c>Compliance:EnforceA2P</c>, ten-digit numbers reach the US only in a registered campaign.</summary>
public sealed class A2pRegistrationTests(A2pMessagingServer server) : IClassFixture<A2pMessagingServer>
{
    private const string Us = "+14155550001", TollFree = "+18005550001", ToUs = "+14155550123", ToCa = "+16135550123";

    [Fact]
    public async Task From_a_pool_it_is_21703_until_the_campaign_is_registered()
    {
        var service = await PoolAsync(Us);
        Assert.Equal("21703", (await server.Api.Messages.SendAndFinishAsync(service, ToUs))["error_code"]);
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToCa));

        await RegisterAsync(service);

        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToUs));
    }

    [Fact]
    public async Task With_an_explicit_sender_it_is_30034()
    {
        var service = await PoolAsync(Us);
        Assert.Equal(("failed", "30034"), await SendFromAsync(Us));
        Assert.Equal(("failed", "30034"), await SendFromAsync(Us, ("MessagingServiceSid", service)));

        await RegisterAsync(service);

        Assert.Equal(("delivered", null), await SendFromAsync(Us));
    }

    [Fact]
    public async Task Verified_toll_free_numbers_and_short_codes_need_no_campaign()
    {
        var service = await PoolAsync(Us);
        await AddVerifiedAsync(service);
        Assert.Equal(TollFree, await server.Api.Messages.SenderForAsync(service, ToUs));

        await server.Api.Services.AddSenderAsync(service, "12345/US");

        Assert.Equal("12345", await server.Api.Messages.SenderForAsync(service, "+14155550124"));
        Assert.Equal(("delivered", null), await SendFromAsync(TollFree));
    }

    [Fact]
    public async Task A_sticky_sender_without_its_registration_is_removed_and_selection_runs_again()
    {
        var service = await PoolAsync(Us);
        var campaign = await RegisterAsync(service);
        Assert.Equal(Us, await server.Api.Messages.SenderForAsync(service, ToUs));
        await server.DeleteAsync($"/v1/Services/{service}/Compliance/Usa2p/{campaign}").ExpectAsync(204);

        Assert.Equal("21703", (await server.Api.Messages.SendAndFinishAsync(service, ToUs))["error_code"]);
        Assert.Empty(await server.Api.Services.StickySendersAsync(service));
        await AddVerifiedAsync(service);

        Assert.Equal(TollFree, await server.Api.Messages.SenderForAsync(service, ToUs));
        Assert.Equal([$"{ToUs} {TollFree}"], await server.Api.Services.StickySendersAsync(service));
    }

    private async Task<string> PoolAsync(params string[] senders)
    {
        await server.Api.ResetAsync();
        return await server.Api.Services.CreateWithPoolAsync(senders);
    }

    private async Task AddVerifiedAsync(string service)
    {
        var number = await server.Api.Services.AddSenderAsync(service, TollFree);
        var verification = await server.Api.Registrations.VerifyAsync(number).ExpectAsync(201);
        await server.Api.Registrations.ForceAsync(verification["sid"]!, "TWILIO_APPROVED");
    }

    private async Task<string> RegisterAsync(string service) =>
        (await server.PostAsync($"/v1/Services/{service}/Compliance/Usa2p",
        ("BrandRegistrationSid", "BN00000000000000000000000000000001"), ("Description", new string('d', 40)),
        ("MessageFlow", new string('f', 40)),
        ("MessageSamples", "A sample of twenty letters"), ("MessageSamples", "Another one of the same sort"),
        ("UsAppToPersonUsecase", "MARKETING"),
        ("HasEmbeddedLinks", "false"), ("HasEmbeddedPhone", "false")).ExpectAsync(201))["sid"]!;

    private async Task<(string?, string?)> SendFromAsync(string from, params (string, string)[] more)
    {
        var sid = await server.Api.Messages.SendAsync([("To", ToUs), ("From", from), ("Body", "Hello"), .. more]);
        var message = await server.Api.Messages.UntilAsync(sid, "failed", "delivered");
        return (message["status"], message["error_code"]);
    }
}

/// <summary>A server that enforces A2P registration.</summary>
public sealed class A2pMessagingServer(PostgresServer postgres) : MessagingServer(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Compliance:EnforceA2P", "true")];
}
