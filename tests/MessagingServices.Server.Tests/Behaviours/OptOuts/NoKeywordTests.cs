using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>"Only single-word messages will trigger the block": https://help.twilio.com/articles/223134027.</summary>
[Collection(OptOutServer.Name)]
public sealed class NoKeywordTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123";

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
    public async Task More_than_the_word_does_nothing(string text)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, text);

        Assert.Empty(await OptOutsAsync(server.Http));
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("START NOW")]
    [InlineData("YES.")]
    [InlineData("yes please")]
    public async Task More_than_the_word_does_not_opt_in_either(string text)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);
        await phone.SendAsync(Number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");

        await phone.SendAsync(Number, text);

        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        await phone.NoMoreAsync();
    }
}
