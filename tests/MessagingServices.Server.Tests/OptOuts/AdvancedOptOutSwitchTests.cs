using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>
/// Without Advanced Opt-Out the default keywords are effective, whatever is configured. The switch changes no opt-out.
/// </summary>
[Collection(typeof(AdvancedOptOutServer))]
public sealed class AdvancedOptOutSwitchTests(MessagingServer server)
{
    private readonly string number = NewNumber(), person = NewNumber(), neighbour = NewNumber();

    [Fact]
    public async Task Keywords_configured_before_it_is_enabled_have_no_effect()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.Api.Services.SetAdvancedOptOutAsync(service, ("OptOutKeywords", "LEAVE"),
            ("OptOutReply", "Example: goodbye"));
        var phone = new Handset(server, person);

        await phone.SendAsync(number, "LEAVE");
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, person));
        await phone.ExpectSmsAsync("News");
        await phone.SendAsync(number, "STOP");

        await phone.ExpectSmsAsync("You have successfully been unsubscribed.");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task Disabling_it_restores_the_default_keywords_and_removes_OptOutType()
    {
        await using var app = await InboundApp.StartAsync();
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.Api.Services.SendInboundToAsync(service, app.AnswerStatus("/sms", 204));
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("Enabled", "true"), ("OptOutKeywords", "LEAVE"), ("OptOutReply", "Example: goodbye"));
        var (phone, neighbourPhone) = (new Handset(server, person), new Handset(server, neighbour));
        await phone.SendAsync(number, "LEAVE");
        await phone.ExpectSmsAsync("Example: goodbye");
        Assert.Equal("STOP", Assert.Single(await app.UntilAsync("/sms"))["OptOutType"]);

        await server.Api.Services.SetAdvancedOptOutAsync(service, ("Enabled", "false"));

        Assert.Equal("failed 21610", await server.Api.Messages.OutcomeAsync(service, person));
        await neighbourPhone.SendAsync(number, "LEAVE");
        Assert.Null((await app.UntilAsync("/sms", 2))[1]["OptOutType"]);
        Assert.Equal("delivered", await server.Api.Messages.OutcomeAsync(service, neighbour));
        await neighbourPhone.ExpectSmsAsync("News");
        await neighbourPhone.SendAsync(number, "QUIT");
        await neighbourPhone.ExpectSmsAsync("You have successfully been unsubscribed.");
        Assert.Null((await app.UntilAsync("/sms", 3))[2]["OptOutType"]);
        await phone.SendAsync(number, "YES");
        await phone.ExpectSmsAsync("You have successfully been re-subscribed");
        await phone.NoMoreAsync();
        await neighbourPhone.NoMoreAsync();
    }

    [Fact]
    public async Task Enabling_it_again_restores_the_configured_keywords()
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        await server.Api.Services.SetAdvancedOptOutAsync(service,
            ("Enabled", "true"), ("OptOutKeywords", "LEAVE"), ("OptOutReply", "Example: goodbye"));
        foreach (var enabled in new[] { "false", "true" })
            await server.Api.Services.SetAdvancedOptOutAsync(service, ("Enabled", enabled));
        var phone = new Handset(server, person);

        await phone.SendAsync(number, "LEAVE");

        await phone.ExpectSmsAsync("Example: goodbye");
        await phone.NoMoreAsync();
    }
}
