using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>A handset opts in again with one word. Source: https://help.twilio.com/articles/223134027.</summary>
[Collection(typeof(KeywordServer))]
public sealed class ResubscribeTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber();

    private const string Welcome =
        "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
        + "Reply STOP to unsubscribe. Msg&Data Rates May Apply.";

    [Theory]
    [InlineData("START")]
    [InlineData("YES")]
    [InlineData("UNSTOP")]
    [InlineData(" start\n")]
    [InlineData("Yes")]
    public async Task Each_keyword_opts_in_and_gets_a_reply(string keyword)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        await (await phone.ExpectSmsAsync("unsubscribed")).ReplyAsync(keyword);

        var welcome = await phone.ExpectSmsAsync("re-subscribed");

        Assert.Equal((Welcome, number, "outbound-reply"), (welcome.Body, welcome.From, welcome.Direction));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person, "Through the service"));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(number, person, "From the number"));
        await phone.ExpectSmsAsync("Through the service");
        await phone.ExpectSmsAsync("From the number");
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("START")]
    [InlineData("UNSTOP")]
    public async Task START_and_UNSTOP_get_a_reply_without_an_opt_out(string keyword)
    {
        await server.Api.Services.CreateWithPoolAsync(number);
        var phone = new Handset(server, person);

        await phone.SendAsync(number, keyword);

        Assert.Equal(Welcome, (await phone.ExpectSmsAsync("re-subscribed")).Body);
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task YES_without_an_opt_out_gets_no_reply()
    {
        await server.Api.Services.CreateWithPoolAsync(number);
        var phone = new Handset(server, person);

        await phone.SendAsync(number, "YES");

        await phone.NoMoreAsync();
    }
}
