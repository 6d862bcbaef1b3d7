using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// "Opt-outs are unified across RCS, SMS and MMS" of a sender or Messaging Service:
/// https://help.twilio.com/articles/223134027.
/// </summary>
[Collection(typeof(ScopeServer))]
public sealed class SmsMmsAndRcsTests(MessagingServer server)
{
    private readonly string number = NewNumber(), agent = NewRcsSender(), person = NewNumber();

    private string PersonOnRcs => $"rcs:{person}";

    [Theory]
    [InlineData("SMS", "RCS")]
    [InlineData("MMS", "SMS")]
    [InlineData("RCS", "MMS")]
    public async Task STOP_on_one_channel_and_START_on_another_affect_all_three(string stop, string start)
    {
        await using var media = await MediaServer.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(number, $"{agent}/US");

        await SayAsync(stop, "STOP", "unsubscribed");
        Assert.Equal([$"{person} {service}"], await server.Api.OptOuts.ListOfAsync(person));
        foreach (var outcome in await TryAllAsync()) Assert.Equal("refused 21610", outcome);
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));

        await SayAsync(start, "START", "re-subscribed");
        Assert.Empty(await server.Api.OptOuts.ListOfAsync(person));
        foreach (var outcome in await TryAllAsync()) Assert.Equal("delivered", outcome);
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));

        async Task SayAsync(string channel, string keyword, string reply)
        {
            var phone = new Handset(server, channel == "RCS" ? PersonOnRcs : person);
            var sender = channel == "RCS" ? agent : number;
            await phone.SendAsync(sender, keyword, channel == "MMS" ? [media.PictureUrl] : []);
            Assert.Equal(sender, (await phone.ExpectSmsAsync(reply)).From);
        }

        async Task<string[]> TryAllAsync() =>
        [
            await server.Api.Messages.OutcomeAsync(number, person),
            await server.Api.Messages.OutcomeAsync(number, person, "Picture", media.PictureUrl),
            await server.Api.Messages.OutcomeAsync(agent, PersonOnRcs),
        ];
    }

    [Fact]
    public async Task HELP_on_RCS_gets_no_reply_after_STOP_by_SMS()
    {
        await server.Api.Services.CreateWithPoolAsync(number, $"{agent}/US");
        var (sms, rcs) = (new Handset(server, person), new Handset(server, PersonOnRcs));
        await sms.SendAsync(number, "STOP");
        await sms.ExpectSmsAsync("unsubscribed");

        await rcs.SendAsync(agent, "HELP");

        await rcs.NoMoreAsync();
        await sms.NoMoreAsync();
    }

    [Fact]
    public async Task STOP_to_an_RCS_sender_in_no_service_opts_out_of_that_sender_only()
    {
        await server.Api.ChannelSenders.CreateAsync(agent);
        await server.Api.Numbers.CreateAsync(number);
        var rcs = new Handset(server, PersonOnRcs);

        await rcs.SendAsync(agent, "STOP");

        await rcs.ExpectSmsAsync("unsubscribed");
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(agent, PersonOnRcs));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(number, person));
        await rcs.NoMoreAsync();
    }
}
