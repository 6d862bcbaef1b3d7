using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// A Messaging Service's own keywords and replies: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(typeof(AdvancedOptOutServer))]
public sealed class CustomKeywordsTests(MessagingServer server)
{
    private readonly string number = NewNumber(), other = NewNumber(), person = NewNumber();

    [Fact]
    public async Task Custom_keywords_send_the_replies_of_the_service()
    {
        var (service, phone) = await ServiceAsync();

        await phone.SendAsync(number, " assist ");
        var help = await phone.ExpectSmsAsync("Example: call 555");
        Assert.Equal((number, "outbound-reply"), (help.From, help.Direction));
        await phone.SendAsync(number, "Leave");
        await phone.ExpectSmsAsync("Example: goodbye");
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        Assert.Equal("LEAVE", (await server.GetAsync(OptOutsApi.PathOf(person)))
            .Body!["opt_outs"]![0]!["source"]!.ToString());
        await phone.SendAsync(number, "RETURN");

        await phone.ExpectSmsAsync("Example: hello");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.SendAsync(number, "Leave me alone");
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("QUIT")]
    [InlineData("END")]
    [InlineData("INFO")]
    [InlineData("LEAVE,")]
    public async Task Default_keywords_that_the_lists_omit_have_no_effect(string word)
    {
        var (service, phone) = await ServiceAsync();

        await phone.SendAsync(number, word);

        Assert.Empty(await server.Api.OptOuts.ListOfAsync(person));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task A_keyword_with_an_empty_reply_opts_out_without_a_message()
    {
        var (service, phone) = await ServiceAsync();
        await server.Api.Services.SetAdvancedOptOutAsync(service, ("OptOutReply", ""));

        await phone.SendAsync(number, "LEAVE");

        await phone.NoMoreAsync();
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
    }

    [Fact]
    public async Task Another_Messaging_Service_keeps_the_default_keywords()
    {
        var (_, phone) = await ServiceAsync();
        await server.Api.Services.CreateWithPoolAsync(other);

        await phone.SendAsync(other, "LEAVE");
        await phone.SendAsync(other, "HELP");

        Assert.Equal(other, (await phone.ExpectSmsAsync("Reply STOP to unsubscribe.")).From);
        Assert.Empty(await server.Api.OptOuts.ListOfAsync(person));
        await phone.NoMoreAsync();
    }

    private async Task<(string Service, Handset Phone)> ServiceAsync()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("Enabled", "true"), ("OptOutKeywords", "LEAVE"), ("OptOutReply", "Example: goodbye"),
            ("OptInKeywords", "RETURN"), ("OptInReply", "Example: hello"),
            ("HelpKeywords", "ASSIST"), ("HelpReply", "Example: call 555"));
        return (service, new(server, person));
    }
}
