using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>A handset opts out with one word. Source: https://help.twilio.com/articles/223134027.</summary>
[Collection(OptOutServer.Name)]
public sealed class StopTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123", Neighbour = "+14155550124";

    [Theory]
    [InlineData("STOP")]
    [InlineData("STOPALL")]
    [InlineData("UNSUBSCRIBE")]
    [InlineData("CANCEL")]
    [InlineData("END")]
    [InlineData("QUIT")]
    [InlineData("REVOKE")]
    [InlineData("OPTOUT")]
    public async Task Each_keyword_opts_out_and_is_answered(string keyword)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await (await phone.ExpectSmsAsync("News")).ReplyAsync(keyword);

        var goodbye = await phone.ExpectSmsAsync("unsubscribed");

        Assert.Equal(
            ("You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.", Number, "outbound-reply"),
            (goodbye.Body, goodbye.From, goodbye.Direction));
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        Assert.Equal("refused 21610", await server.TellAsync(Number, Person));
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("Stop")]
    [InlineData("sToPaLl")]
    [InlineData("  STOP")]
    [InlineData("STOP \r\n")]
    [InlineData("\tquit\t")]
    public async Task Case_and_the_white_space_around_it_do_not_matter(string text)
    {
        await server.ClearAsync();
        await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, text);

        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("refused 21610", await server.TellAsync(Number, Person));
    }

    [Fact]
    public async Task Others_still_receive()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        var (phone, neighbour) = (new Handset(server, Person), new Handset(server, Neighbour));

        await phone.SendAsync(Number, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("delivered", await server.TellAsync(service, Neighbour));
        await neighbour.ExpectSmsAsync("News");
        await neighbour.NoMoreAsync();
    }
}
