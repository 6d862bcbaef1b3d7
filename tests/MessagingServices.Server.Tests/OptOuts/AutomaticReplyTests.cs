using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>The replies to keywords are messages that cost nothing and have no status callbacks.</summary>
[Collection(typeof(KeywordServer))]
public sealed class AutomaticReplyTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber();

    [Theory]
    [InlineData("STOP", "unsubscribed")]
    [InlineData("START", "re-subscribed")]
    [InlineData("HELP", "Reply STOP")]
    public async Task Automatic_replies_are_free_and_have_no_status_callback(string keyword, string text)
    {
        await using var app = await InboundApp.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.PostAsync($"{ServicesApi.Path}/{service}",
            ("StatusCallback", app.AnswerStatus("/status", 204))).ExpectAsync(200);
        var phone = new Handset(server, person);
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        var news = await phone.ExpectSmsAsync("News");

        await phone.SendAsync(number, keyword);

        var reply = await server.GetAsync(MessagesApi.PathOf((await phone.ExpectSmsAsync(text)).Sid)).ExpectAsync(200);
        Assert.Equal((null, service, "outbound-reply"),
            (reply["price"], reply["messaging_service_sid"], reply["direction"]));
        Assert.NotEmpty(await CallbacksAsync(news.Sid));
        Assert.Empty(await CallbacksAsync(reply["sid"]!));
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task An_undelivered_reply_does_not_revoke_the_opt_out()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        var phone = new Handset(server, person);
        await phone.RejectAsync("unsubscribed");

        await phone.SendAsync(number, "STOP");

        await phone.NoMoreAsync();
        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
    }

    private async Task<JsonArray> CallbacksAsync(string message) =>
        (await server.GetAsync($"/emulator/v1/Webhooks?MessageSid={message}").ExpectAsync(200))
            .Body!["webhooks"]!.AsArray();
}
