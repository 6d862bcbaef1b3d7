using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>
/// What the application learns elsewhere overrides what the handset said: https://www.twilio.com/docs/messaging/features/consent-api.
/// </summary>
[Collection(OptOutServer.Name)]
public sealed class ConsentAndKeywordTests(MessagingServer server)
{
    private const string Number = "+14155550001", TollFree = "+18005550001", Person = "+14155550123";

    [Theory]
    [InlineData(Number, true)]
    [InlineData(Number, false)]
    [InlineData(TollFree, false)]
    public async Task An_opt_in_overrides_STOP_and_the_handset_hears_nothing_of_it(string number, bool inPool)
    {
        await server.ClearAsync();
        if (!inPool) await server.NewNumberSidAsync(number);
        var scope = inPool ? await server.NewPoolAsync(number) : number;
        var phone = new Handset(server, Person);
        await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync(number == TollFree ? "NETWORK MSG" : "unsubscribed");
        Assert.Equal("refused 21610", await server.TellAsync(number, Person));

        await ConsentAsync(server.Http, Person, scope, "opt-in");

        Assert.Equal("delivered", await server.TellAsync(scope, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task An_opt_out_is_lifted_by_START()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);
        foreach (var scope in new[] { service, Number }) await ConsentAsync(server.Http, Person, scope);
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        await phone.NoMoreAsync();

        await phone.SendAsync(Number, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task STOP_after_an_opt_in_holds_again()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);
        await ConsentAsync(server.Http, Person, service, "opt-in");

        await phone.SendAsync(Number, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        await phone.NoMoreAsync();
    }
}
