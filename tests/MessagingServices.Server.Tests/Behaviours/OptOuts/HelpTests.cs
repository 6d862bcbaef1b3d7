using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>A handset asks what it can do. Source: https://help.twilio.com/articles/223134027.</summary>
[Collection(OptOutServer.Name)]
public sealed class HelpTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123";

    [Theory]
    [InlineData("HELP")]
    [InlineData("INFO")]
    [InlineData("help")]
    [InlineData(" Info ")]
    public async Task Each_keyword_is_answered_and_changes_nothing(string keyword)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, keyword);

        var help = await phone.ExpectSmsAsync("Msg&Data");
        Assert.Equal(("Reply STOP to unsubscribe. Msg&Data Rates May Apply.", Number, "outbound-reply"), (help.Body, help.From, help.Direction));
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task It_is_answered_each_time()
    {
        await server.ClearAsync();
        await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);

        for (var time = 0; time < 2; time++)
        {
            await phone.SendAsync(Number, "HELP");
            await phone.ExpectSmsAsync("Reply STOP");
        }

        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("HELP", false)]
    [InlineData("INFO", false)]
    [InlineData("HELP", true)]
    [InlineData("INFO", true)]
    public async Task Who_has_opted_out_is_not_answered(string keyword, bool advanced)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        if (advanced) await server.AdvancedOptOutAsync(service, ("Enabled", "true"));
        var phone = new Handset(server, Person);
        await phone.SendAsync(Number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");

        await phone.SendAsync(Number, keyword);

        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        await phone.NoMoreAsync();
    }
}
