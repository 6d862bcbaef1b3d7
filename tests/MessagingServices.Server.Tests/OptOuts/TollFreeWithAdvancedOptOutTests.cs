using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// On toll-free numbers the network's keywords come before those of the Messaging Service:
/// https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(typeof(AdvancedOptOutServer))]
public sealed class TollFreeWithAdvancedOptOutTests(MessagingServer server)
{
    private readonly string tollFree = NewTollFreeNumber(), number = NewNumber(), person = NewNumber();

    [Fact]
    public async Task STOP_gets_the_networks_reply_only_and_START_gets_both_replies()
    {
        var (service, phone) = await ServiceAsync();

        await phone.SendAsync(tollFree, "STOP");
        await phone.ExpectSmsAsync("NETWORK MSG: You replied with the word \"stop\"");
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(number, person));
        await phone.NoMoreAsync();
        await phone.SendAsync(tollFree, "START");

        await phone.ExpectSmsAsync("NETWORK MSG: You have replied \"start\"");
        await phone.ExpectSmsAsync("Welcome back to Example");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task A_custom_keyword_opts_out_of_the_service_and_blocks_nothing()
    {
        var (service, phone) = await ServiceAsync();

        await phone.SendAsync(tollFree, "LEAVE");
        await phone.ExpectSmsAsync("Example will not write again");
        Assert.Equal([$"{person} {service}"], await server.Api.OptOuts.ListOfAsync(person));
        await phone.SendAsync(tollFree, "RETURN");

        await phone.ExpectSmsAsync("Welcome back to Example");
        Assert.Empty(await server.Api.OptOuts.ListOfAsync(person));
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("YES")]
    [InlineData("RETURN")]
    public async Task A_keyword_other_than_START_and_UNSTOP_does_not_unblock_the_number(string word)
    {
        var (_, phone) = await ServiceAsync();
        await phone.SendAsync(tollFree, "STOP");
        await phone.ExpectSmsAsync("NETWORK MSG");

        await phone.SendAsync(tollFree, word);

        Assert.Equal([$"{person} {tollFree}"], await server.Api.OptOuts.ListOfAsync(person));
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(tollFree, person));
        await phone.NoMoreAsync();
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(number, person));
    }

    private async Task<(string Service, Handset Phone)> ServiceAsync()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(tollFree, number);
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("Enabled", "true"), ("OptOutKeywords", "LEAVE"), ("OptOutReply", "Example will not write again"),
            ("OptInKeywords", "RETURN,YES"), ("OptInReply", "Welcome back to Example"));
        return (service, new(server, person));
    }
}
