using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>
/// With Advanced Opt-Out the webhook is told what a keyword did, in <c>OptOutType</c>: https://www.twilio.com/docs/messaging/guides/webhook-request.
/// </summary>
[Collection(OptOutServer.Name)]
public sealed class OptOutTypeTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123";

    [Theory]
    [InlineData(Number, Person)]
    [InlineData("12345", Person)]
    [InlineData("+18005550001", Person)]
    [InlineData("rcs:agent", "rcs:" + Person)]
    [InlineData("whatsapp:" + Number, "whatsapp:" + Person)]
    public async Task Every_kind_of_sender_tells_it_and_only_of_keywords(string sender, string person)
    {
        await server.ClearAsync();
        await using var app = await InboundApp.StartAsync();
        var service = await server.NewPoolAsync(sender == "12345" ? "12345/US" : sender);
        await server.SendInboundToAsync(service, app.AnswerStatus("/sms", 204));
        await server.AdvancedOptOutAsync(service, ("Enabled", "true"), ("OptOutKeywords", "LEAVE"), ("OptInKeywords", "RETURN"), ("HelpKeywords", "ASSIST"));
        var (phone, told) = (new Handset(server, person), new List<string>());

        foreach (var text in new[] { "ASSIST", "Help", "leave", "STOP", "RETURN", "START", "UNSTOP", "INFO", "Leave me alone" })
        {
            await phone.SendAsync(sender, text);
            var webhook = (await app.UntilAsync("/sms", told.Count + 1))[^1];
            told.Add($"{webhook["Body"]}: {webhook["OptOutType"]}");
        }

        Assert.Equal(["ASSIST: HELP", "Help: HELP", "leave: STOP", "STOP: STOP", "RETURN: START", "START: START", "UNSTOP: START", "INFO: ", "Leave me alone: "], told);
    }

    [Fact]
    public async Task It_is_not_told_where_Advanced_Opt_Out_is_off()
    {
        await server.ClearAsync();
        await using var app = await InboundApp.StartAsync();
        await server.SendInboundToAsync(await server.NewPoolAsync(Number), app.AnswerStatus("/sms", 204));

        await new Handset(server, Person).SendAsync(Number, "STOP");

        Assert.DoesNotContain("OptOutType", Assert.Single(await app.UntilAsync("/sms")).Form.Keys);
    }
}
