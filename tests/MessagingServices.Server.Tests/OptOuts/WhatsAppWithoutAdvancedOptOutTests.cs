using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// WhatsApp has keywords with Advanced Opt-Out only: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(typeof(ScopeServer))]
public sealed class WhatsAppWithoutAdvancedOptOutTests(MessagingServer server)
{
    private readonly string number = NewNumber(), otherNumber = NewNumber(), person = NewNumber();

    private string OnWhatsApp => $"whatsapp:{number}";

    private string PersonOnWhatsApp => $"whatsapp:{person}";

    [Theory]
    [InlineData("STOP")]
    [InlineData("START")]
    [InlineData("HELP")]
    public async Task Keywords_on_WhatsApp_are_ordinary_messages(string keyword)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(OnWhatsApp);
        var whatsApp = new Handset(server, PersonOnWhatsApp);
        await using var app = await InboundApp.StartAsync();
        await server.Api.Services.SendInboundToAsync(service,
            app.AnswerTwiml("/sms", "<Message>As you like</Message>"));

        await whatsApp.SendAsync(OnWhatsApp, keyword);

        await whatsApp.ExpectSmsAsync("As you like");
        Assert.Equal(keyword, Assert.Single(app.At("/sms"))["Body"]);
        Assert.Empty(await server.Api.OptOuts.ListOfAsync(person));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, PersonOnWhatsApp));
        await whatsApp.ExpectSmsAsync("News");
        await whatsApp.NoMoreAsync();
    }

    [Fact]
    public async Task Advanced_Opt_Out_of_another_service_adds_no_keywords()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(OnWhatsApp);
        var other = await server.Api.Services.CreateWithPoolAsync($"whatsapp:{otherNumber}");
        await server.Api.Services.SetAdvancedOptOutAsync(other, ("Enabled", "true"));
        var whatsApp = new Handset(server, PersonOnWhatsApp);

        await whatsApp.SendAsync(OnWhatsApp, "STOP");

        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, PersonOnWhatsApp));
        await whatsApp.ExpectSmsAsync("News");
        await whatsApp.NoMoreAsync();
    }
}
