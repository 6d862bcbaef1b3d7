using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>A handset opts out with one word. Source: https://help.twilio.com/articles/223134027.</summary>
[Collection(typeof(KeywordServer))]
public sealed class StopTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber(), neighbour = NewNumber();

    [Theory]
    [InlineData("STOP")]
    [InlineData("STOPALL")]
    [InlineData("UNSUBSCRIBE")]
    [InlineData("CANCEL")]
    [InlineData("END")]
    [InlineData("QUIT")]
    [InlineData("REVOKE")]
    [InlineData("OPTOUT")]
    public async Task Each_keyword_opts_out_and_gets_a_reply(string keyword)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        var phone = new Handset(server, person);
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await (await phone.ExpectSmsAsync("News")).ReplyAsync(keyword);

        var goodbye = await phone.ExpectSmsAsync("unsubscribed");

        Assert.Equal(
            ("You have successfully been unsubscribed. You will not receive any more messages from this number. "
                + "Reply START to resubscribe.", number, "outbound-reply"),
            (goodbye.Body, goodbye.From, goodbye.Direction));
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(number, person));
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("Stop")]
    [InlineData("sToPaLl")]
    [InlineData("  STOP")]
    [InlineData("STOP \r\n")]
    [InlineData("\tquit\t")]
    public async Task Case_and_surrounding_white_space_do_not_matter(string text)
    {
        await server.Api.Services.CreateWithPoolAsync(number);
        var phone = new Handset(server, person);

        await phone.SendAsync(number, text);

        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(number, person));
    }

    [Fact]
    public async Task Other_handsets_still_receive_messages()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        var (phone, neighbourPhone) = (new Handset(server, person), new Handset(server, neighbour));

        await phone.SendAsync(number, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, neighbour));
        await neighbourPhone.ExpectSmsAsync("News");
        await neighbourPhone.NoMoreAsync();
    }
}
