using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>"Opt-outs are unified across RCS, SMS and MMS" of a sender or Messaging Service: https://help.twilio.com/articles/223134027.</summary>
[Collection(OptOutServer.Name)]
public sealed class SmsMmsAndRcsTests(MessagingServer server)
{
    private const string Number = "+14155550001", Agent = "rcs:agent", Person = "+14155550123", PersonOnRcs = "rcs:" + Person;

    [Theory]
    [InlineData("SMS", "RCS")]
    [InlineData("MMS", "SMS")]
    [InlineData("RCS", "MMS")]
    public async Task STOP_on_one_of_them_holds_on_all_and_START_on_another_lifts_it_on_all(string stop, string start)
    {
        await server.ClearAsync();
        await using var media = await MediaServer.StartAsync();
        var service = await server.NewPoolAsync(Number, $"{Agent}/US");

        await SayAsync(stop, "STOP", "unsubscribed");
        Assert.Equal([$"{Person} {service}"], await OptOutsAsync(server.Http));
        foreach (var outcome in await TryAllAsync()) Assert.Equal("refused 21610", outcome);
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));

        await SayAsync(start, "START", "re-subscribed");
        Assert.Empty(await OptOutsAsync(server.Http));
        foreach (var outcome in await TryAllAsync()) Assert.Equal("delivered", outcome);
        Assert.Equal("delivered", await server.TellAsync(service, Person));

        async Task SayAsync(string channel, string keyword, string answer)
        {
            var phone = new Handset(server, channel == "RCS" ? PersonOnRcs : Person);
            await phone.SendAsync(channel == "RCS" ? Agent : Number, keyword, channel == "MMS" ? [media.PictureUrl] : []);
            Assert.Equal(channel == "RCS" ? Agent : Number, (await phone.ExpectSmsAsync(answer)).From);
        }

        async Task<string[]> TryAllAsync() =>
        [
            await server.TellAsync(Number, Person),
            await server.TellAsync(Number, Person, "Picture", media.PictureUrl),
            await server.TellAsync(Agent, PersonOnRcs),
        ];
    }

    [Fact]
    public async Task HELP_on_RCS_is_not_answered_to_who_said_STOP_by_SMS()
    {
        await server.ClearAsync();
        await server.NewPoolAsync(Number, $"{Agent}/US");
        var (sms, rcs) = (new Handset(server, Person), new Handset(server, PersonOnRcs));
        await sms.SendAsync(Number, "STOP");
        await sms.ExpectSmsAsync("unsubscribed");

        await rcs.SendAsync(Agent, "HELP");

        await rcs.NoMoreAsync();
        await sms.NoMoreAsync();
    }

    [Fact]
    public async Task An_RCS_sender_alone_is_opted_out_of_by_itself()
    {
        await server.ClearAsync();
        await server.NewChannelSenderAsync(Agent);
        await server.NewNumberSidAsync(Number);
        var rcs = new Handset(server, PersonOnRcs);

        await rcs.SendAsync(Agent, "STOP");

        await rcs.ExpectSmsAsync("unsubscribed");
        Assert.Equal("refused 21610", await server.TellAsync(Agent, PersonOnRcs));
        Assert.Equal("delivered", await server.TellAsync(Number, Person));
        await rcs.NoMoreAsync();
    }
}
