using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>On toll-free numbers the network blocks, in its own words. Source: https://help.twilio.com/articles/223181828.</summary>
[Collection(OptOutServer.Name)]
public sealed class TollFreeTests(MessagingServer server)
{
    private const string TollFree = "+18005550001", Person = "+14155550123";

    [Theory]
    [InlineData("STOP", "START", "start")]
    [InlineData("stop", "unstop", "unstop")]
    [InlineData(" Stop ", "UnStop", "unstop")]
    public async Task STOP_blocks_and_START_and_UNSTOP_unblock(string stop, string start, string word)
    {
        await server.ClearAsync();
        await server.NewNumberSidAsync(TollFree);
        var phone = new Handset(server, Person);

        await phone.SendAsync(TollFree, stop);
        Assert.Equal("NETWORK MSG: You replied with the word \"stop\" which blocks all texts sent from this number. Text back \"unstop\" to receive messages again.",
            (await phone.ExpectSmsAsync("NETWORK MSG")).Body);
        Assert.Equal("refused 21610", await server.TellAsync(TollFree, Person));
        await phone.SendAsync(TollFree, start);

        Assert.Equal($"NETWORK MSG: You have replied \"{word}\" and will begin receiving messages again from this number.",
            (await phone.ExpectSmsAsync("NETWORK MSG")).Body);
        Assert.Equal("delivered", await server.TellAsync(TollFree, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task YES_does_not_unblock()
    {
        await server.ClearAsync();
        await server.NewNumberSidAsync(TollFree);
        var phone = new Handset(server, Person);
        await phone.SendAsync(TollFree, "STOP");
        await phone.ExpectSmsAsync("NETWORK MSG");

        await phone.SendAsync(TollFree, "YES");

        Assert.Equal("refused 21610", await server.TellAsync(TollFree, Person));
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
    public async Task The_network_knows_no_other_word_for_STOP(string word)
    {
        await server.ClearAsync();
        await server.NewNumberSidAsync(TollFree);
        var phone = new Handset(server, Person);

        await phone.SendAsync(TollFree, word);

        Assert.Equal("delivered", await server.TellAsync(TollFree, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }
}
