using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Behaviours.OptOuts.NewAddresses;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>
/// Consents that the application records override the keywords of the handset, and later keywords override them:
/// https://www.twilio.com/docs/messaging/features/consent-api.
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
        if (!inPool) await server.NewNumberSidAsync(number);
        var scope = inPool ? await server.NewPoolAsync(number) : number;
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync(number == tollFree ? "NETWORK MSG" : "unsubscribed");
        Assert.Equal("refused 21610", await server.TellAsync(number, person));

        await ConsentAsync(server.Http, person, scope, "opt-in");

        Assert.Equal("delivered", await server.TellAsync(scope, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task START_overrides_a_consent_to_opt_out()
    {
        var service = await server.NewPoolAsync(longCode);
        var phone = new Handset(server, person);
        foreach (var scope in new[] { service, longCode }) await ConsentAsync(server.Http, person, scope);
        Assert.Equal("failed 21610", await server.TellAsync(service, person));
        await phone.NoMoreAsync();

        await phone.SendAsync(longCode, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.TellAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task STOP_overrides_a_consent_to_opt_in()
    {
        var service = await server.NewPoolAsync(longCode);
        var phone = new Handset(server, person);
        await ConsentAsync(server.Http, person, service, "opt-in");

        await phone.SendAsync(longCode, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("failed 21610", await server.TellAsync(service, person));
        await phone.NoMoreAsync();
    }
}
