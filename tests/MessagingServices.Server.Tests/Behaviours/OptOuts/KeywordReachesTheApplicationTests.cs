using System.Collections.Concurrent;
using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Fixtures.OptOutCalls;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>Keywords come to the webhook like any message, once they are answered. Source: https://help.twilio.com/articles/223134027.</summary>
[Collection(OptOutServer.Name)]
public sealed class KeywordReachesTheApplicationTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123";

    [Theory]
    [InlineData("STOP")]
    [InlineData(" unstop ")]
    [InlineData("INFO")]
    public async Task The_webhook_is_told_the_text_as_it_came_and_the_message_is_listed(string text)
    {
        await server.ClearAsync();
        await using var app = await InboundApp.StartAsync();
        var service = await server.NewPoolAsync(Number);
        await server.SendInboundToAsync(service, app.AnswerStatus("/sms", 204));

        var sent = await new Handset(server, Person).SendAsync(Number, text);

        var told = Assert.Single(await app.UntilAsync("/sms"));
        Assert.Equal((sent["sid"], Person, Number, text, service), (told["MessageSid"], told["From"], told["To"], told["Body"], told["MessagingServiceSid"]));
        Assert.Null(told["OptOutType"]);
        var listed = await server.GetAsync($"{Calls.Messages}?From={Uri.EscapeDataString(Person)}").ExpectAsync(200);
        Assert.Equal(text, Assert.Single(listed.Body!["messages"]!.AsArray())!["body"]!.ToString());
    }

    [Fact]
    public async Task So_is_the_webhook_of_a_number_alone()
    {
        await server.ClearAsync();
        await using var app = await InboundApp.StartAsync();
        await server.PostAsync(Calls.PhoneNumbers, ("PhoneNumber", Number), ("SmsUrl", app.AnswerStatus("/sms", 204))).ExpectAsync(201);

        await new Handset(server, Person).SendAsync(Number, "STOP");

        Assert.Equal("STOP", Assert.Single(await app.UntilAsync("/sms"))["Body"]);
    }

    [Fact]
    public async Task When_it_is_told_the_opt_out_holds_and_the_automatic_answer_is_there()
    {
        await server.ClearAsync();
        await using var app = await InboundApp.StartAsync();
        var service = await server.NewPoolAsync(Number);
        var seen = new ConcurrentQueue<(string Answers, string OptOuts)>();
        await server.SendInboundToAsync(service, app.Answer("/sms", async (_, context) =>
        {
            var answers = await server.GetAsync($"{Calls.Messages}?To={Uri.EscapeDataString(Person)}");
            seen.Enqueue((string.Join('|', answers.Body!["messages"]!.AsArray().Select(message => $"{message!["direction"]}: {message["body"]!.ToString()[..33]}")),
                string.Join('|', await OptOutsAsync(server.Http))));
            context.Response.StatusCode = 204;
        }));
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        await phone.NoMoreAsync();
        Assert.Equal(("outbound-reply: You have successfully been unsubs", $"{Person} {service}"), Assert.Single(seen));
    }
}
