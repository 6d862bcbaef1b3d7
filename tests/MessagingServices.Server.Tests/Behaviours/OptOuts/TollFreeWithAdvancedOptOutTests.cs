using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>
/// The network speaks first on toll-free numbers, whatever the Messaging Service has set up:
/// https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(OptOutServer.Name)]
public sealed class TollFreeWithAdvancedOptOutTests(MessagingServer server)
{
    private const string TollFree = "+18005550001", Number = "+14155550001", Person = "+14155550123";

    [Fact]
    public async Task The_services_text_is_not_shown_on_STOP_and_on_START_both_are()
    {
        var (service, phone) = await ServiceAsync();

        await phone.SendAsync(TollFree, "STOP");
        await phone.ExpectSmsAsync("NETWORK MSG: You replied with the word \"stop\"");
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        Assert.Equal("refused 21610", await server.TellAsync(Number, Person));
        await phone.NoMoreAsync();
        await phone.SendAsync(TollFree, "START");

        await phone.ExpectSmsAsync("NETWORK MSG: You have replied \"start\"");
        await phone.ExpectSmsAsync("Welcome back to Example");
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task Another_of_its_keywords_opts_out_of_the_service_and_blocks_nothing()
    {
        var (service, phone) = await ServiceAsync();

        await phone.SendAsync(TollFree, "LEAVE");
        await phone.ExpectSmsAsync("Example will not write again");
        Assert.Equal([$"{Person} {service}"], await OptOutsAsync(server.Http));
        await phone.SendAsync(TollFree, "RETURN");

        await phone.ExpectSmsAsync("Welcome back to Example");
        Assert.Empty(await OptOutsAsync(server.Http));
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("YES")]
    [InlineData("RETURN")]
    public async Task Another_word_than_START_and_UNSTOP_does_not_unblock_the_number(string word)
    {
        var (_, phone) = await ServiceAsync();
        await phone.SendAsync(TollFree, "STOP");
        await phone.ExpectSmsAsync("NETWORK MSG");

        await phone.SendAsync(TollFree, word);

        Assert.Equal([$"{Person} {TollFree}"], await OptOutsAsync(server.Http));
        Assert.Equal("refused 21610", await server.TellAsync(TollFree, Person));
        await phone.NoMoreAsync();
        Assert.Equal("delivered", await server.TellAsync(Number, Person));
    }

    private async Task<(string Service, Handset Phone)> ServiceAsync()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(TollFree, Number);
        await server.AdvancedOptOutAsync(service, ("Enabled", "true"), ("OptOutKeywords", "LEAVE"), ("OptOutReply", "Example will not write again"),
            ("OptInKeywords", "RETURN,YES"), ("OptInReply", "Welcome back to Example"));
        return (service, new(server, Person));
    }
}
