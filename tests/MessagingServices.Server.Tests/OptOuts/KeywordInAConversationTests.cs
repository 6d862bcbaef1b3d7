using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>Keywords are effective where inbound messages become conversations.</summary>
[Collection(typeof(ScopeServer))]
public sealed class KeywordInAConversationTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber();

    [Fact]
    public async Task STOP_and_START_are_effective_get_a_reply_and_are_stored()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.PostAsync($"/emulator/v1/Services/{service}/Integration",
            ("InboundHandling", "conversation")).ExpectAsync(200);
        var phone = new Handset(server, person);

        var stop = await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal([$"{person} {service}"], await server.Api.OptOuts.ListOfAsync(person));
        Assert.Equal("STOP", (await server.GetAsync(MessagesApi.PathOf(stop["sid"]!)).ExpectAsync(200))["body"]);
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.SendAsync(number, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }
}
