using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// A language's keywords are effective in every country:
/// https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(typeof(AdvancedOptOutServer))]
public sealed class SpanishOverrideTests(MessagingServer server)
{
    private readonly string american = NewNumber(), mexican = NewMexicanNumber();
    private readonly string person = NewNumber(), mexicanPerson = NewMexicanNumber();

    [Theory]
    [InlineData("US")]
    [InlineData("MX")]
    public async Task Spanish_keywords_get_a_Spanish_reply_in_every_country(string country)
    {
        var number = country == "MX" ? mexican : american;
        var (service, phone) = await ServiceAsync(number, country == "MX" ? mexicanPerson : person);

        await phone.SendAsync(number, "ayuda");
        Assert.Equal("Ejemplo: responda ALTO para cancelar.", (await phone.ExpectSmsAsync("Ejemplo")).Body);
        await phone.SendAsync(number, "Alto");
        Assert.Equal("Ejemplo: no recibirá más mensajes.", (await phone.ExpectSmsAsync("Ejemplo")).Body);
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, phone.Address));
        await phone.SendAsync(number, "EMPEZAR");

        Assert.Equal("Ejemplo: bienvenido de nuevo.", (await phone.ExpectSmsAsync("Ejemplo")).Body);
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, phone.Address));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task English_keywords_still_get_an_English_reply()
    {
        var (_, phone) = await ServiceAsync(american, person);

        await phone.SendAsync(american, "HELP");
        await phone.ExpectSmsAsync("Reply STOP to unsubscribe.");
        await phone.SendAsync(american, "STOP");
        await phone.ExpectSmsAsync("You have successfully been unsubscribed.");
        await phone.SendAsync(american, "EMPEZAR");

        await phone.ExpectSmsAsync("Ejemplo: bienvenido de nuevo.");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task The_webhook_gets_the_same_OptOutType_as_for_English_keywords()
    {
        await using var app = await InboundApp.StartAsync();
        var (service, phone) = await ServiceAsync(american, person);
        await server.Api.Services.SendInboundToAsync(service, app.AnswerStatus("/sms", 204));
        var keywords = new[] { "AYUDA", "ALTO", "EMPEZAR" };

        for (var i = 0; i < keywords.Length; i++)
        {
            await phone.SendAsync(american, keywords[i]);
            await app.UntilAsync("/sms", i + 1);
        }

        Assert.Equal(["HELP", "STOP", "START"], app.At("/sms").Select(request => request["OptOutType"]));
    }

    private async Task<(string Service, Handset Phone)> ServiceAsync(string number, string handset)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.Api.Services.SetAdvancedOptOutAsync(service, ("Enabled", "true"), ("Language", "es"),
            ("OptOutKeywords", "ALTO,CANCELAR"), ("OptOutReply", "Ejemplo: no recibirá más mensajes."),
            ("OptInKeywords", "EMPEZAR"),
            ("OptInReply", "Ejemplo: bienvenido de nuevo."),
            ("HelpKeywords", "AYUDA"), ("HelpReply", "Ejemplo: responda ALTO para cancelar."));
        return (service, new(server, handset));
    }
}
