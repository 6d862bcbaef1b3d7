using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>
/// WhatsApp is apart from SMS in opt-outs, even of one number, here with Advanced Opt-Out on: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
[Collection(OptOutServer.Name)]
public sealed class WhatsAppAndSmsTests(MessagingServer server)
{
    private const string Number = "+14155550001", OnWhatsApp = "whatsapp:" + Number, Person = "+14155550123", PersonOnWhatsApp = "whatsapp:" + Person;

    [Fact]
    public async Task STOP_by_SMS_says_nothing_of_WhatsApp()
    {
        var (service, sms, whatsApp) = await BothAsync();

        await sms.SendAsync(Number, "STOP");

        await sms.ExpectSmsAsync("unsubscribed");
        Assert.Equal([$"{Person} {service}"], await OptOutsAsync(server.Http));
        Assert.Equal("refused 21610", await server.TellAsync(Number, Person));
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        Assert.Equal("delivered", await server.TellAsync(service, PersonOnWhatsApp));
        await whatsApp.ExpectSmsAsync("News");
        await whatsApp.NoMoreAsync();
        await sms.NoMoreAsync();
    }

    [Fact]
    public async Task STOP_on_WhatsApp_with_Advanced_Opt_Out_says_nothing_of_SMS()
    {
        var (service, sms, whatsApp) = await BothAsync();

        await whatsApp.SendAsync(OnWhatsApp, "STOP");

        Assert.Equal(OnWhatsApp, (await whatsApp.ExpectSmsAsync("unsubscribed")).From);
        Assert.Equal([$"{PersonOnWhatsApp} {service}"], await OptOutsAsync(server.Http));
        Assert.Equal("refused 21610", await server.TellAsync(OnWhatsApp, PersonOnWhatsApp));
        Assert.Equal("failed 21610", await server.TellAsync(service, PersonOnWhatsApp));
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await sms.ExpectSmsAsync("News");
        await sms.NoMoreAsync();
        await whatsApp.NoMoreAsync();
    }

    [Fact]
    public async Task START_lifts_it_on_its_own_channel_only()
    {
        var (service, sms, whatsApp) = await BothAsync();
        await sms.SendAsync(Number, "STOP");
        await sms.ExpectSmsAsync("unsubscribed");
        await whatsApp.SendAsync(OnWhatsApp, "STOP");
        await whatsApp.ExpectSmsAsync("unsubscribed");

        await whatsApp.SendAsync(OnWhatsApp, "START");

        await whatsApp.ExpectSmsAsync("re-subscribed");
        Assert.Equal([$"{Person} {service}"], await OptOutsAsync(server.Http));
        Assert.Equal("delivered", await server.TellAsync(service, PersonOnWhatsApp));
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        await sms.NoMoreAsync();
    }

    private async Task<(string Service, Handset Sms, Handset WhatsApp)> BothAsync()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number, OnWhatsApp);
        await server.AdvancedOptOutAsync(service, ("Enabled", "true"));
        return (service, new(server, Person), new(server, PersonOnWhatsApp));
    }
}
