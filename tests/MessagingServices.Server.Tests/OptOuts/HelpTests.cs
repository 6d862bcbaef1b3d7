using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// HELP and INFO get a reply that says how to opt out. Source: https://help.twilio.com/articles/223134027.
/// </summary>
[Collection(typeof(KeywordServer))]
public sealed class HelpTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber();

    [Theory]
    [InlineData("HELP")]
    [InlineData("INFO")]
    [InlineData("help")]
    [InlineData(" Info ")]
    public async Task Each_keyword_gets_a_reply_and_changes_no_opt_out(string keyword)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        var phone = new Handset(server, person);

        await phone.SendAsync(number, keyword);

        var help = await phone.ExpectSmsAsync("Msg&Data");
        Assert.Equal(("Reply STOP to unsubscribe. Msg&Data Rates May Apply.", number, "outbound-reply"),
            (help.Body, help.From, help.Direction));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task HELP_gets_a_reply_each_time()
    {
        await server.Api.Services.CreateWithPoolAsync(number);
        var phone = new Handset(server, person);

        for (var time = 0; time < 2; time++)
        {
            await phone.SendAsync(number, "HELP");
            await phone.ExpectSmsAsync("Reply STOP");
        }

        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("HELP", false)]
    [InlineData("INFO", false)]
    [InlineData("HELP", true)]
    [InlineData("INFO", true)]
    public async Task HELP_of_an_opted_out_handset_gets_no_reply(string keyword, bool advanced)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        if (advanced) await server.Api.Services.SetAdvancedOptOutAsync(service, ("Enabled", "true"));
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");

        await phone.SendAsync(number, keyword);

        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.NoMoreAsync();
    }
}
