using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>
/// The network knows numbers, not Messaging Services, so it is the toll-free number that is blocked: https://help.twilio.com/articles/223181828.
/// </summary>
[Collection(OptOutServer.Name)]
public sealed class TollFreeInAPoolTests(MessagingServer server)
{
    private const string TollFree = "+18005550001", Number = "+14155550001", Person = "+14155550123";

    [Fact]
    public async Task It_blocks_the_number_and_not_the_Messaging_Service()
    {
        await server.ClearAsync();
        await server.NewPoolAsync(TollFree, Number);
        var phone = new Handset(server, Person);

        await phone.SendAsync(TollFree, "STOP");

        await phone.ExpectSmsAsync("NETWORK MSG");
        Assert.Equal([$"{Person} {TollFree}"], await OptOutsAsync(server.Http));
        Assert.Equal("refused 21610", await server.TellAsync(TollFree, Person));
        Assert.Equal("delivered", await server.TellAsync(Number, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task START_to_the_toll_free_number_lifts_what_was_said_to_the_service_too()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(TollFree, Number);
        var phone = new Handset(server, Person);
        await phone.SendAsync(Number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("refused 21610", await server.TellAsync(TollFree, Person));

        await phone.SendAsync(TollFree, "START");

        await phone.ExpectSmsAsync("NETWORK MSG: You have replied \"start\"");
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task START_to_another_number_of_the_pool_does_not_unblock_it()
    {
        await server.ClearAsync();
        await server.NewPoolAsync(TollFree, Number);
        var phone = new Handset(server, Person);
        await phone.SendAsync(TollFree, "STOP");
        await phone.ExpectSmsAsync("NETWORK MSG");

        await phone.SendAsync(Number, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("refused 21610", await server.TellAsync(TollFree, Person));
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task HELP_is_answered_as_by_any_number_but_not_to_who_is_blocked()
    {
        await server.ClearAsync();
        await server.NewNumberSidAsync(TollFree);
        var phone = new Handset(server, Person);

        await phone.SendAsync(TollFree, "HELP");
        await phone.ExpectSmsAsync("Reply STOP to unsubscribe. Msg&Data Rates May Apply.");
        await phone.SendAsync(TollFree, "STOP");
        await phone.ExpectSmsAsync("NETWORK MSG");
        await phone.SendAsync(TollFree, "HELP");

        await phone.NoMoreAsync();
    }
}
