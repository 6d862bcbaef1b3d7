using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// Short codes have keywords only in a Messaging Service. Source: https://help.twilio.com/articles/223134027.
/// </summary>
[Collection(typeof(ScopeServer))]
public sealed class ShortCodeTests(MessagingServer server)
{
    private readonly string shortCode = NewShortCode(), person = NewNumber();

    [Theory]
    [InlineData("STOP")]
    [InlineData("START")]
    [InlineData("HELP")]
    public async Task A_short_code_in_no_service_leaves_keywords_to_the_application(string keyword)
    {
        await using var app = await InboundApp.StartAsync();
        var sid = await server.Api.ShortCodes.CreateAsync(shortCode);
        var url = app.AnswerTwiml("/sms", "<Message>You are off the list</Message>");
        await server.PostAsync($"{ShortCodesApi.Root}/{sid}.json", ("SmsUrl", url)).ExpectAsync(200);
        var phone = new Handset(server, person);

        await phone.SendAsync(shortCode, keyword);

        await phone.ExpectSmsAsync("You are off the list");
        Assert.Empty(await server.Api.OptOuts.ListOfAsync(person));
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(shortCode, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_short_code_in_a_Messaging_Service_has_keywords(bool advanced)
    {
        var service = await server.Api.Services.CreateWithPoolAsync($"{shortCode}/US");
        if (advanced) await server.Api.Services.SetAdvancedOptOutAsync(service, ("Enabled", "true"));
        var phone = new Handset(server, person);

        await phone.SendAsync(shortCode, "HELP");
        await phone.ExpectSmsAsync("Reply STOP to unsubscribe.");
        await phone.SendAsync(shortCode, "STOP");
        Assert.Equal(shortCode, (await phone.ExpectSmsAsync("unsubscribed")).From);
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.SendAsync(shortCode, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }
}
