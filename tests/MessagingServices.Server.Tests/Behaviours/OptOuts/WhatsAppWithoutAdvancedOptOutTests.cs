using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>WhatsApp has keywords with Advanced Opt-Out only: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.</summary>
[Collection(OptOutServer.Name)]
public sealed class WhatsAppWithoutAdvancedOptOutTests(MessagingServer server)
{
    private const string OnWhatsApp = "whatsapp:+14155550001", PersonOnWhatsApp = "whatsapp:+14155550123";

    [Theory]
    [InlineData("STOP")]
    [InlineData("START")]
    [InlineData("HELP")]
    public async Task A_keyword_is_a_message_like_any_other(string keyword)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(OnWhatsApp);
        var whatsApp = new Handset(server, PersonOnWhatsApp);
        await using var app = await InboundApp.StartAsync();
        await server.SendInboundToAsync(service, app.AnswerTwiml("/sms", "<Message>As you like</Message>"));

        await whatsApp.SendAsync(OnWhatsApp, keyword);

        await whatsApp.ExpectSmsAsync("As you like");
        Assert.Equal(keyword, Assert.Single(app.At("/sms"))["Body"]);
        Assert.Empty(await OptOutsAsync(server.Http));
        Assert.Equal("delivered", await server.TellAsync(service, PersonOnWhatsApp));
        await whatsApp.ExpectSmsAsync("News");
        await whatsApp.NoMoreAsync();
    }

    [Fact]
    public async Task Nor_does_the_Advanced_Opt_Out_of_another_service_give_it_keywords()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(OnWhatsApp);
        await server.AdvancedOptOutAsync(await server.NewPoolAsync("whatsapp:+14155550002"), ("Enabled", "true"));
        var whatsApp = new Handset(server, PersonOnWhatsApp);

        await whatsApp.SendAsync(OnWhatsApp, "STOP");

        Assert.Equal("delivered", await server.TellAsync(service, PersonOnWhatsApp));
        await whatsApp.ExpectSmsAsync("News");
        await whatsApp.NoMoreAsync();
    }
}
