using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>Short codes have no keywords of their own, a Messaging Service gives them its. Source: https://help.twilio.com/articles/223134027.</summary>
[Collection(OptOutServer.Name)]
public sealed class ShortCodeTests(MessagingServer server)
{
    private const string ShortCode = "12345", Person = "+14155550123";

    [Theory]
    [InlineData("STOP")]
    [InlineData("START")]
    [InlineData("HELP")]
    public async Task Alone_it_leaves_keywords_to_the_application(string keyword)
    {
        await server.ClearAsync();
        await using var app = await InboundApp.StartAsync();
        var sid = await server.NewShortCodeSidAsync(ShortCode);
        await server.PostAsync($"{Requests.ShortCodes}/{sid}.json", ("SmsUrl", app.AnswerTwiml("/sms", "<Message>You are off the list</Message>"))).ExpectAsync(200);
        var phone = new Handset(server, Person);

        await phone.SendAsync(ShortCode, keyword);

        await phone.ExpectSmsAsync("You are off the list");
        Assert.Empty(await OptOutsAsync(server.Http));
        Assert.Equal("delivered", await server.TellAsync(ShortCode, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_a_Messaging_Service_it_has_them(bool advanced)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync($"{ShortCode}/US");
        if (advanced) await server.AdvancedOptOutAsync(service, ("Enabled", "true"));
        var phone = new Handset(server, Person);

        await phone.SendAsync(ShortCode, "HELP");
        await phone.ExpectSmsAsync("Reply STOP to unsubscribe.");
        await phone.SendAsync(ShortCode, "STOP");
        Assert.Equal(ShortCode, (await phone.ExpectSmsAsync("unsubscribed")).From);
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        await phone.SendAsync(ShortCode, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
    }
}
