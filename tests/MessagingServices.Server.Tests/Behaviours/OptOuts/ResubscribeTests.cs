using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>A handset opts in again with one word. Source: https://help.twilio.com/articles/223134027.</summary>
[Collection(OptOutServer.Name)]
public sealed class ResubscribeTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123";

    private const string Welcome =
        "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.";

    [Theory]
    [InlineData("START")]
    [InlineData("YES")]
    [InlineData("UNSTOP")]
    [InlineData(" start\n")]
    [InlineData("Yes")]
    public async Task Each_keyword_opts_in_and_is_answered(string keyword)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);
        await phone.SendAsync(Number, "STOP");
        await (await phone.ExpectSmsAsync("unsubscribed")).ReplyAsync(keyword);

        var welcome = await phone.ExpectSmsAsync("re-subscribed");

        Assert.Equal((Welcome, Number, "outbound-reply"), (welcome.Body, welcome.From, welcome.Direction));
        Assert.Equal("delivered", await server.TellAsync(service, Person, "Through the service"));
        Assert.Equal("delivered", await server.TellAsync(Number, Person, "From the number"));
        await phone.ExpectSmsAsync("Through the service");
        await phone.ExpectSmsAsync("From the number");
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("START")]
    [InlineData("UNSTOP")]
    public async Task Who_has_not_opted_out_is_answered_to_START_and_UNSTOP(string keyword)
    {
        await server.ClearAsync();
        await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, keyword);

        Assert.Equal(Welcome, (await phone.ExpectSmsAsync("re-subscribed")).Body);
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task YES_of_who_has_not_opted_out_is_the_answer_to_another_question()
    {
        await server.ClearAsync();
        await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, "YES");

        await phone.NoMoreAsync();
    }
}
