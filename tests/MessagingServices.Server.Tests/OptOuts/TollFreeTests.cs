using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// The network blocks toll-free numbers and sends its own replies. Source: https://help.twilio.com/articles/223181828.
/// </summary>
[Collection(typeof(ScopeServer))]
public sealed class TollFreeTests(MessagingServer server)
{
    private readonly string tollFree = NewTollFreeNumber(), person = NewNumber();

    [Theory]
    [InlineData("STOP", "START", "start")]
    [InlineData("stop", "unstop", "unstop")]
    [InlineData(" Stop ", "UnStop", "unstop")]
    public async Task STOP_blocks_and_START_and_UNSTOP_unblock_the_number(string stop, string start, string word)
    {
        await server.Api.Numbers.CreateAsync(tollFree);
        var phone = new Handset(server, person);

        await phone.SendAsync(tollFree, stop);
        Assert.Equal("NETWORK MSG: You replied with the word \"stop\" which blocks all texts sent from this number. "
            + "Text back \"unstop\" to receive messages again.",
            (await phone.ExpectSmsAsync("NETWORK MSG")).Body);
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(tollFree, person));
        await phone.SendAsync(tollFree, start);

        Assert.Equal(
            $"NETWORK MSG: You have replied \"{word}\" and will begin receiving messages again from this number.",
            (await phone.ExpectSmsAsync("NETWORK MSG")).Body);
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(tollFree, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task YES_does_not_unblock_the_number()
    {
        await server.Api.Numbers.CreateAsync(tollFree);
        var phone = new Handset(server, person);
        await phone.SendAsync(tollFree, "STOP");
        await phone.ExpectSmsAsync("NETWORK MSG");

        await phone.SendAsync(tollFree, "YES");

        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(tollFree, person));
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("STOPALL")]
    [InlineData("UNSUBSCRIBE")]
    [InlineData("CANCEL")]
    [InlineData("END")]
    [InlineData("QUIT")]
    [InlineData("REVOKE")]
    [InlineData("OPTOUT")]
    public async Task The_network_has_no_other_keyword_for_STOP(string word)
    {
        await server.Api.Numbers.CreateAsync(tollFree);
        var phone = new Handset(server, person);

        await phone.SendAsync(tollFree, word);

        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(tollFree, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }
}
