using System.Collections.Concurrent;
using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// The webhook receives keywords like any message, after the automatic reply exists. Source:
/// https://help.twilio.com/articles/223134027.
/// </summary>
[Collection(typeof(KeywordServer))]
public sealed class KeywordReachesTheApplicationTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber();

    [Theory]
    [InlineData("STOP")]
    [InlineData(" unstop ")]
    [InlineData("INFO")]
    public async Task The_webhook_and_the_list_of_messages_show_the_original_text(string text)
    {
        await using var app = await InboundApp.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.Api.Services.SendInboundToAsync(service, app.AnswerStatus("/sms", 204));

        var sent = await new Handset(server, person).SendAsync(number, text);

        var request = Assert.Single(await app.UntilAsync("/sms"));
        Assert.Equal(
            (sent["sid"], person, number, text, service),
            (request["MessageSid"], request["From"], request["To"], request["Body"], request["MessagingServiceSid"]));
        Assert.Null(request["OptOutType"]);
        var listed = await server.GetAsync($"{MessagesApi.Path}?From={Uri.EscapeDataString(person)}").ExpectAsync(200);
        Assert.Equal(text, Assert.Single(listed.Body!["messages"]!.AsArray())!["body"]!.ToString());
    }

    [Fact]
    public async Task The_webhook_of_a_number_in_no_service_receives_it_too()
    {
        await using var app = await InboundApp.StartAsync();
        await server.PostAsync(NumbersApi.Path,
            ("PhoneNumber", number), ("SmsUrl", app.AnswerStatus("/sms", 204))).ExpectAsync(201);

        await new Handset(server, person).SendAsync(number, "STOP");

        Assert.Equal("STOP", Assert.Single(await app.UntilAsync("/sms"))["Body"]);
    }

    [Fact]
    public async Task The_opt_out_and_the_reply_exist_before_the_webhook_is_called()
    {
        await using var app = await InboundApp.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        var seen = new ConcurrentQueue<(string Replies, string OptOuts)>();
        await server.Api.Services.SendInboundToAsync(service, app.Respond("/sms", async (_, context) =>
        {
            var replies = await server.GetAsync($"{MessagesApi.Path}?To={Uri.EscapeDataString(person)}");
            seen.Enqueue((
                string.Join('|', replies.Body!["messages"]!.AsArray()
                    .Select(reply => $"{reply!["direction"]}: {reply["body"]!.ToString()[..33]}")),
                string.Join('|', await server.Api.OptOuts.ListOfAsync(person))));
            context.Response.StatusCode = 204;
        }));
        var phone = new Handset(server, person);

        await phone.SendAsync(number, "STOP");

        await phone.ExpectSmsAsync("unsubscribed");
        await phone.NoMoreAsync();
        Assert.Equal(("outbound-reply: You have successfully been unsubs", $"{person} {service}"), Assert.Single(seen));
    }
}
