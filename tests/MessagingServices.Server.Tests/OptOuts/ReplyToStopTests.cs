using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>An application's reply to a keyword is an ordinary message: "Replying to STOP fails with 21610".</summary>
[Collection(typeof(KeywordServer))]
public sealed class ReplyToStopTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task The_applications_reply_to_STOP_fails_and_the_automatic_reply_arrives(bool inPool, bool advanced)
    {
        await using var app = await InboundApp.StartAsync();
        var receiver = await ReceiveAsync(app.AnswerTwiml("/sms", "<Message>Sorry to see you go</Message>"), inPool);
        if (advanced) await server.Api.Services.SetAdvancedOptOutAsync(receiver, ("Enabled", "true"));
        var phone = new Handset(server, person);

        await phone.SendAsync(number, "STOP");

        await phone.ExpectSmsAsync("You have successfully been unsubscribed.");
        await phone.NoMoreAsync();
        Assert.Equal("outbound-reply failed 21610 Sorry to see you go", await ReplyAsync());
    }

    [Fact]
    public async Task A_message_sent_by_the_API_during_the_webhook_is_refused()
    {
        await using var app = await InboundApp.StartAsync();
        var outcomes = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var url = app.Respond("/sms", async (_, _) =>
            outcomes.TrySetResult(await server.Api.Messages.OutcomeAsync(number, person, "Wait!")));
        await ReceiveAsync(url, inPool: true);
        var phone = new Handset(server, person);

        await phone.SendAsync(number, "STOP");

        Assert.Equal("refused 21610", await outcomes.Task);
        await phone.ExpectSmsAsync("unsubscribed");
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("START", "re-subscribed")]
    [InlineData("HELP", "Reply STOP to unsubscribe.")]
    public async Task The_applications_reply_to_START_or_HELP_follows_the_automatic_reply(
        string keyword, string automatic)
    {
        await using var app = await InboundApp.StartAsync();
        var service = await ReceiveAsync(app.AnswerTwiml("/sms", "<Message>At your service</Message>"), inPool: true);
        if (keyword == "START") await server.Api.OptOuts.ConsentAsync(person, service);
        var phone = new Handset(server, person);

        await phone.SendAsync(number, keyword);

        await phone.ExpectSmsAsync(automatic);
        await phone.ExpectSmsAsync("At your service");
        await phone.NoMoreAsync();
    }

    /// <summary>Sets the number's inbound webhook; the SID of its Messaging Service, or of the number alone.</summary>
    private async Task<string> ReceiveAsync(string url, bool inPool)
    {
        if (!inPool)
            return await server.Api.CreateAsync(NumbersApi.Path, ("PhoneNumber", number), ("SmsUrl", url));
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.Api.Services.SendInboundToAsync(service, url);
        return service;
    }

    /// <summary>The newest message to the handset: the application's reply and its outcome.</summary>
    private async Task<string> ReplyAsync()
    {
        var list = await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(person)}").ExpectAsync(200);
        var reply = list.Body!["messages"]![0]!;
        return $"{reply["direction"]} {reply["status"]} {reply["error_code"]} {reply["body"]}";
    }
}
