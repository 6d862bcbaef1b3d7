using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// With Advanced Opt-Out the webhook says what a keyword did, in <c>OptOutType</c>:
/// https://www.twilio.com/docs/messaging/guides/webhook-request.
/// </summary>
[Collection(typeof(AdvancedOptOutServer))]
public sealed class OptOutTypeTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber();

    [Theory]
    [InlineData("long code")]
    [InlineData("short code")]
    [InlineData("toll-free")]
    [InlineData("RCS")]
    [InlineData("WhatsApp")]
    public async Task The_webhook_has_it_for_keywords_only_whatever_the_kind_of_sender(string kind)
    {
        var (sender, handset) = Addresses(kind);
        await using var app = await InboundApp.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(kind == "short code" ? $"{sender}/US" : sender);
        await server.Api.Services.SendInboundToAsync(service, app.AnswerStatus("/sms", 204));
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("Enabled", "true"), ("OptOutKeywords", "LEAVE"), ("OptInKeywords", "RETURN"), ("HelpKeywords", "ASSIST"));
        var (phone, received) = (new Handset(server, handset), new List<string>());

        string[] texts = ["ASSIST", "Help", "leave", "STOP", "RETURN", "START", "UNSTOP", "INFO", "Leave me alone"];
        foreach (var text in texts)
        {
            await phone.SendAsync(sender, text);
            var webhook = (await app.UntilAsync("/sms", received.Count + 1))[^1];
            received.Add($"{webhook["Body"]}: {webhook["OptOutType"]}");
        }

        string[] expected =
        [
            "ASSIST: HELP", "Help: HELP", "leave: STOP", "STOP: STOP", "RETURN: START", "START: START", "UNSTOP: START",
            "INFO: ", "Leave me alone: ",
        ];
        Assert.Equal(expected, received);
    }

    [Fact]
    public async Task The_webhook_lacks_it_without_Advanced_Opt_Out()
    {
        await using var app = await InboundApp.StartAsync();
        await server.Api.Services.SendInboundToAsync(await server.Api.Services.CreateWithPoolAsync(number),
            app.AnswerStatus("/sms", 204));

        await new Handset(server, person).SendAsync(number, "STOP");

        Assert.DoesNotContain("OptOutType", Assert.Single(await app.UntilAsync("/sms")).Form.Keys);
    }

    /// <summary>A sender of a kind, and a handset on the same channel.</summary>
    private (string Sender, string Handset) Addresses(string kind) => kind switch
    {
        "long code" => (number, person),
        "short code" => (NewShortCode(), person),
        "toll-free" => (NewTollFreeNumber(), person),
        "RCS" => (NewRcsSender(), $"rcs:{person}"),
        _ => ($"whatsapp:{number}", $"whatsapp:{person}"),
    };
}
