using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>Where inbound messages become conversations, keywords hold as elsewhere.</summary>
[Collection(OptOutServer.Name)]
public sealed class KeywordInAConversationTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123";

    [Fact]
    public async Task STOP_and_START_hold_and_are_answered_and_the_message_is_kept()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        await server.PostAsync($"/emulator/v1/Services/{service}/Integration", ("InboundHandling", "conversation")).ExpectAsync(200);
        var phone = new Handset(server, Person);

        var stop = await phone.SendAsync(Number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal([$"{Person} {service}"], await OptOutsAsync(server.Http));
        Assert.Equal("STOP", (await server.GetAsync(Calls.Message(stop["sid"]!)).ExpectAsync(200))["body"]);
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        await phone.SendAsync(Number, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }
}
