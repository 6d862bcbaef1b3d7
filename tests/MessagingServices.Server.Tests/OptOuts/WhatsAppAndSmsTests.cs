using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// Opt-outs on WhatsApp and by SMS are independent, even of one number; here with Advanced Opt-Out:
/// https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(typeof(ScopeServer))]
public sealed class WhatsAppAndSmsTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber();

    private string OnWhatsApp => $"whatsapp:{number}";

    private string PersonOnWhatsApp => $"whatsapp:{person}";

    [Fact]
    public async Task STOP_by_SMS_does_not_affect_WhatsApp()
    {
        var (service, sms, whatsApp) = await BothAsync();

        await sms.SendAsync(number, "STOP");

        await sms.ExpectSmsAsync("unsubscribed");
        Assert.Equal([$"{person} {service}"], await server.Api.OptOuts.ListOfAsync(person));
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(number, person));
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, PersonOnWhatsApp));
        await whatsApp.ExpectSmsAsync("News");
        await whatsApp.NoMoreAsync();
        await sms.NoMoreAsync();
    }

    [Fact]
    public async Task STOP_on_WhatsApp_does_not_affect_SMS()
    {
        var (service, sms, whatsApp) = await BothAsync();

        await whatsApp.SendAsync(OnWhatsApp, "STOP");

        Assert.Equal(OnWhatsApp, (await whatsApp.ExpectSmsAsync("unsubscribed")).From);
        Assert.Equal([$"{PersonOnWhatsApp} {service}"], await server.Api.OptOuts.ListOfAsync(person));
        Assert.Equal("refused 21610", await server.Api.Messages.OutcomeAsync(OnWhatsApp, PersonOnWhatsApp));
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, PersonOnWhatsApp));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await sms.ExpectSmsAsync("News");
        await sms.NoMoreAsync();
        await whatsApp.NoMoreAsync();
    }

    [Fact]
    public async Task START_revokes_the_opt_out_on_its_own_channel_only()
    {
        var (service, sms, whatsApp) = await BothAsync();
        await sms.SendAsync(number, "STOP");
        await sms.ExpectSmsAsync("unsubscribed");
        await whatsApp.SendAsync(OnWhatsApp, "STOP");
        await whatsApp.ExpectSmsAsync("unsubscribed");

        await whatsApp.SendAsync(OnWhatsApp, "START");

        await whatsApp.ExpectSmsAsync("re-subscribed");
        Assert.Equal([$"{person} {service}"], await server.Api.OptOuts.ListOfAsync(person));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, PersonOnWhatsApp));
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        await sms.NoMoreAsync();
    }

    private async Task<(string Service, Handset Sms, Handset WhatsApp)> BothAsync()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number, OnWhatsApp);
        await server.Api.Services.SetAdvancedOptOutAsync(service, ("Enabled", "true"));
        await server.Api.Messages.OpenWindowAsync(person, OnWhatsApp);
        return (service, new(server, person), new(server, PersonOnWhatsApp));
    }
}
