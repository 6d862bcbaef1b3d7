using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>
/// A Messaging Service's own words and answers: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(OptOutServer.Name)]
public sealed class CustomKeywordsTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123";

    [Fact]
    public async Task They_opt_out_and_in_and_help_with_its_replies()
    {
        var (service, phone) = await ServiceAsync();

        await phone.SendAsync(Number, " assist ");
        var help = await phone.ExpectSmsAsync("Example: call 555");
        Assert.Equal((Number, "outbound-reply"), (help.From, help.Direction));
        await phone.SendAsync(Number, "Leave");
        await phone.ExpectSmsAsync("Example: goodbye");
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        Assert.Equal("LEAVE", (await server.GetAsync(List)).Body!["opt_outs"]![0]!["source"]!.ToString());
        await phone.SendAsync(Number, "RETURN");

        await phone.ExpectSmsAsync("Example: hello");
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.SendAsync(Number, "Leave me alone");
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("QUIT")]
    [InlineData("END")]
    [InlineData("INFO")]
    [InlineData("LEAVE,")]
    public async Task Default_words_that_are_no_longer_in_the_lists_do_nothing(string word)
    {
        var (service, phone) = await ServiceAsync();

        await phone.SendAsync(Number, word);

        Assert.Empty(await OptOutsAsync(server.Http));
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task An_empty_reply_is_not_sent_and_the_keyword_holds()
    {
        var (service, phone) = await ServiceAsync();
        await server.AdvancedOptOutAsync(service, ("OptOutReply", ""));

        await phone.SendAsync(Number, "LEAVE");

        await phone.NoMoreAsync();
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
    }

    [Fact]
    public async Task Another_Messaging_Service_has_its_own()
    {
        const string other = "+14155550002";
        var (_, phone) = await ServiceAsync();
        await server.NewPoolAsync(other);

        await phone.SendAsync(other, "LEAVE");
        await phone.SendAsync(other, "HELP");

        Assert.Equal(other, (await phone.ExpectSmsAsync("Reply STOP to unsubscribe.")).From);
        Assert.Empty(await OptOutsAsync(server.Http));
        await phone.NoMoreAsync();
    }

    private async Task<(string Service, Handset Phone)> ServiceAsync()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        await server.AdvancedOptOutAsync(service, ("Enabled", "true"), ("OptOutKeywords", "LEAVE"), ("OptOutReply", "Example: goodbye"),
            ("OptInKeywords", "RETURN"), ("OptInReply", "Example: hello"), ("HelpKeywords", "ASSIST"), ("HelpReply", "Example: call 555"));
        return (service, new(server, Person));
    }
}
