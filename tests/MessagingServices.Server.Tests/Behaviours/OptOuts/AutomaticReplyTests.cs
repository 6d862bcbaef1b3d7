using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>The replies to keywords are messages that cost nothing and that nobody is called back about.</summary>
[Collection(OptOutServer.Name)]
public sealed class AutomaticReplyTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123";

    [Theory]
    [InlineData("STOP", "unsubscribed")]
    [InlineData("START", "re-subscribed")]
    [InlineData("HELP", "Reply STOP")]
    public async Task They_are_free_and_have_no_status_callback(string keyword, string text)
    {
        await server.ClearAsync();
        await using var app = await InboundApp.StartAsync();
        var service = await server.NewPoolAsync(Number);
        await server.PostAsync($"{Requests.Services}/{service}", ("StatusCallback", app.AnswerStatus("/status", 204))).ExpectAsync(200);
        var phone = new Handset(server, Person);
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        var news = await phone.ExpectSmsAsync("News");

        await phone.SendAsync(Number, keyword);

        var reply = await server.GetAsync(Calls.Message((await phone.ExpectSmsAsync(text)).Sid)).ExpectAsync(200);
        Assert.Equal((null, service, "outbound-reply"), (reply["price"], reply["messaging_service_sid"], reply["direction"]));
        Assert.NotEmpty(await CallbacksAsync(news.Sid));
        Assert.Empty(await CallbacksAsync(reply["sid"]!));
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task What_the_handset_rejects_is_lost_and_the_opt_out_holds()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        var phone = new Handset(server, Person);
        await phone.RejectAsync("unsubscribed");

        await phone.SendAsync(Number, "STOP");

        await phone.NoMoreAsync();
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
    }

    private async Task<JsonArray> CallbacksAsync(string message) =>
        (await server.GetAsync($"/emulator/v1/Webhooks?MessageSid={message}").ExpectAsync(200)).Body!["webhooks"]!.AsArray();
}
