using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// The network blocks the toll-free number. It does not know Messaging Services:
/// https://help.twilio.com/articles/223181828.
/// </summary>
[Collection(typeof(ScopeServer))]
public sealed class TollFreeInAPoolTests(MessagingServer server)
{
    private readonly string tollFree = NewTollFreeNumber(), number = NewNumber(), person = NewNumber();

    [Fact]
    public async Task STOP_blocks_the_toll_free_number_and_not_the_Messaging_Service()
    {
        await server.Api.Services.CreateWithPoolAsync(tollFree, number);
        var phone = new Handset(server, person);

        await phone.SendAsync(tollFree, "STOP");

        await phone.ExpectSmsAsync("NETWORK MSG");
        Assert.Equal([$"{person} {tollFree}"], await server.Api.OptOuts.ListOfAsync(person));
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(tollFree, person));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(number, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task START_to_the_toll_free_number_revokes_the_opt_out_of_the_service()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(tollFree, number);
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(tollFree, person));

        await phone.SendAsync(tollFree, "START");

        await phone.ExpectSmsAsync("NETWORK MSG: You have replied \"start\"");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task START_to_another_number_does_not_unblock_the_toll_free_number()
    {
        await server.Api.Services.CreateWithPoolAsync(tollFree, number);
        var phone = new Handset(server, person);
        await phone.SendAsync(tollFree, "STOP");
        await phone.ExpectSmsAsync("NETWORK MSG");

        await phone.SendAsync(number, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(tollFree, person));
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task HELP_gets_the_usual_reply_but_none_while_the_number_is_blocked()
    {
        await server.Api.Numbers.CreateAsync(tollFree);
        var phone = new Handset(server, person);

        await phone.SendAsync(tollFree, "HELP");
        await phone.ExpectSmsAsync("Reply STOP to unsubscribe. Msg&Data Rates May Apply.");
        await phone.SendAsync(tollFree, "STOP");
        await phone.ExpectSmsAsync("NETWORK MSG");
        await phone.SendAsync(tollFree, "HELP");

        await phone.NoMoreAsync();
    }
}
