using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// OptOutsApi.ConsentsPath that the application records override the keywords of the handset, and later keywords
/// override them: https://www.twilio.com/docs/messaging/features/consent-api.
/// </summary>
[Collection(typeof(ScopeServer))]
public sealed class ConsentAndKeywordTests(MessagingServer server)
{
    private readonly string longCode = NewNumber(), tollFree = NewTollFreeNumber(), person = NewNumber();

    [Theory]
    [InlineData("long code", true)]
    [InlineData("long code", false)]
    [InlineData("toll-free", false)]
    public async Task A_consent_to_opt_in_overrides_STOP_and_sends_no_reply(string kind, bool inPool)
    {
        var number = kind == "toll-free" ? tollFree : longCode;
        if (!inPool) await server.Api.Numbers.CreateAsync(number);
        var scope = inPool ? await server.Api.Services.CreateWithPoolAsync(number) : number;
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync(number == tollFree ? "NETWORK MSG" : "unsubscribed");
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(number, person));

        await server.Api.OptOuts.ConsentAsync(person, scope, "opt-in");

        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(scope, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task START_overrides_a_consent_to_opt_out()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(longCode);
        var phone = new Handset(server, person);
        foreach (var scope in new[] { service, longCode }) await server.Api.OptOuts.ConsentAsync(person, scope);
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.NoMoreAsync();

        await phone.SendAsync(longCode, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task STOP_overrides_a_consent_to_opt_in()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(longCode);
        var phone = new Handset(server, person);
        await server.Api.OptOuts.ConsentAsync(person, service, "opt-in");

        await phone.SendAsync(longCode, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.NoMoreAsync();
    }
}
