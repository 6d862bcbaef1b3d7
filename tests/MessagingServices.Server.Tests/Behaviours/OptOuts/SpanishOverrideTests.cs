using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>A language's words hold in every country: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.</summary>
[Collection(OptOutServer.Name)]
public sealed class SpanishOverrideTests(MessagingServer server)
{
    private const string American = "+14155550001", Mexican = "+525512345678", Person = "+14155550123", Mexicana = "+525512345679";

    [Theory]
    [InlineData(American, Person)]
    [InlineData(Mexican, Mexicana)]
    public async Task The_Spanish_words_are_answered_in_Spanish_wherever_the_number_is(string number, string person)
    {
        var (service, phone) = await ServiceAsync(number, person);

        await phone.SendAsync(number, "ayuda");
        Assert.Equal("Ejemplo: responda ALTO para cancelar.", (await phone.ExpectSmsAsync("Ejemplo")).Body);
        await phone.SendAsync(number, "Alto");
        Assert.Equal("Ejemplo: no recibirá más mensajes.", (await phone.ExpectSmsAsync("Ejemplo")).Body);
        Assert.Equal("failed 21610", await server.TellAsync(service, phone.Address));
        await phone.SendAsync(number, "EMPEZAR");

        Assert.Equal("Ejemplo: bienvenido de nuevo.", (await phone.ExpectSmsAsync("Ejemplo")).Body);
        Assert.Equal("delivered", await server.TellAsync(service, phone.Address));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task The_English_words_go_on_to_be_answered_in_English()
    {
        var (_, phone) = await ServiceAsync(American, Person);

        await phone.SendAsync(American, "HELP");
        await phone.ExpectSmsAsync("Reply STOP to unsubscribe.");
        await phone.SendAsync(American, "STOP");
        await phone.ExpectSmsAsync("You have successfully been unsubscribed.");
        await phone.SendAsync(American, "EMPEZAR");

        await phone.ExpectSmsAsync("Ejemplo: bienvenido de nuevo.");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task The_webhook_is_told_the_same_as_of_the_English_words()
    {
        await using var app = await InboundApp.StartAsync();
        var (service, phone) = await ServiceAsync(American, Person);
        await server.SendInboundToAsync(service, app.AnswerStatus("/sms", 204));
        var keywords = new[] { "AYUDA", "ALTO", "EMPEZAR" };

        for (var i = 0; i < keywords.Length; i++)
        {
            await phone.SendAsync(American, keywords[i]);
            await app.UntilAsync("/sms", i + 1);
        }

        Assert.Equal(["HELP", "STOP", "START"], app.At("/sms").Select(told => told["OptOutType"]));
    }

    private async Task<(string Service, Handset Phone)> ServiceAsync(string number, string person)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(number);
        await server.AdvancedOptOutAsync(service, ("Enabled", "true"), ("Language", "es"),
            ("OptOutKeywords", "ALTO,CANCELAR"), ("OptOutReply", "Ejemplo: no recibirá más mensajes."), ("OptInKeywords", "EMPEZAR"),
            ("OptInReply", "Ejemplo: bienvenido de nuevo."), ("HelpKeywords", "AYUDA"), ("HelpReply", "Ejemplo: responda ALTO para cancelar."));
        return (service, new(server, person));
    }
}
