using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>"Only single-word messages will trigger the block": https://help.twilio.com/articles/223134027.</summary>
[Collection(typeof(KeywordServer))]
public sealed class NoKeywordTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber();

    [Theory]
    [InlineData("STOP PLEASE")]
    [InlineData("Please stop")]
    [InlineData("STOP.")]
    [InlineData("STOP!")]
    [InlineData("\"STOP\"")]
    [InlineData("STOP STOP")]
    [InlineData("STOP\nEND")]
    [InlineData("S T O P")]
    [InlineData("STOPP")]
    [InlineData("HELP ME")]
    [InlineData("INFO?")]
    [InlineData("START NOW")]
    public async Task A_message_with_more_than_the_keyword_has_no_effect(string text)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        var phone = new Handset(server, person);

        await phone.SendAsync(number, text);

        Assert.Empty(await server.Api.OptOuts.ListOfAsync(person));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("START NOW")]
    [InlineData("YES.")]
    [InlineData("yes please")]
    public async Task A_message_with_more_than_the_keyword_does_not_opt_in(string text)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");

        await phone.SendAsync(number, text);

        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.NoMoreAsync();
    }
}
