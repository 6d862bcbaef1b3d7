using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>What the application answers to a keyword is a message like others: "Replying to STOP fails with 21610".</summary>
[Collection(OptOutServer.Name)]
public sealed class ReplyToStopTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123";

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task The_applications_reply_to_STOP_fails_and_the_automatic_one_arrives(bool inPool, bool advanced)
    {
        await server.ClearAsync();
        await using var app = await InboundApp.StartAsync();
        var receiver = await ReceiveAsync(app.AnswerTwiml("/sms", "<Message>Sorry to see you go</Message>"), inPool);
        if (advanced) await server.AdvancedOptOutAsync(receiver, ("Enabled", "true"));
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, "STOP");

        await phone.ExpectSmsAsync("You have successfully been unsubscribed.");
        await phone.NoMoreAsync();
        Assert.Equal("outbound-reply failed 21610 Sorry to see you go", await ReplyAsync());
    }

    [Fact]
    public async Task So_does_one_that_it_sends_by_the_API_while_it_is_told()
    {
        await server.ClearAsync();
        await using var app = await InboundApp.StartAsync();
        var outcomes = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await ReceiveAsync(app.Answer("/sms", async (_, _) => outcomes.TrySetResult(await server.TellAsync(Number, Person, "Wait!"))), inPool: true);
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, "STOP");

        Assert.Equal("refused 21610", await outcomes.Task);
        await phone.ExpectSmsAsync("unsubscribed");
        await phone.NoMoreAsync();
    }

    [Theory]
    [InlineData("START", "re-subscribed")]
    [InlineData("HELP", "Reply STOP to unsubscribe.")]
    public async Task Its_reply_to_another_keyword_arrives_beside_the_automatic_one(string keyword, string automatic)
    {
        await server.ClearAsync();
        await using var app = await InboundApp.StartAsync();
        var service = await ReceiveAsync(app.AnswerTwiml("/sms", "<Message>At your service</Message>"), inPool: true);
        if (keyword == "START") await ConsentAsync(server.Http, Person, service);
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, keyword);

        await phone.ExpectSmsAsync(automatic);
        await phone.ExpectSmsAsync("At your service");
        await phone.NoMoreAsync();
    }

    /// <summary>Has the number's messages told to the application; the SID of its Messaging Service, or of the number alone.</summary>
    private async Task<string> ReceiveAsync(string url, bool inPool)
    {
        if (!inPool) return await Calls.CreatedAsync(server.Http, Calls.PhoneNumbers, ("PhoneNumber", Number), ("SmsUrl", url));
        var service = await server.NewPoolAsync(Number);
        await server.SendInboundToAsync(service, url);
        return service;
    }

    /// <summary>The newest message to the handset: what came of the application's reply.</summary>
    private async Task<string> ReplyAsync()
    {
        var reply = (await server.GetAsync($"{Calls.Messages}?To={Uri.EscapeDataString(Person)}").ExpectAsync(200)).Body!["messages"]![0]!;
        return $"{reply["direction"]} {reply["status"]} {reply["error_code"]} {reply["body"]}";
    }
}
