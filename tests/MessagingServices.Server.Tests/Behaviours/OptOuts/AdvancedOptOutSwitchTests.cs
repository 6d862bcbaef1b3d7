using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>Without Advanced Opt-Out the default keywords hold, whatever was set up; switching changes nobody's opt-out.</summary>
[Collection(OptOutServer.Name)]
public sealed class AdvancedOptOutSwitchTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123", Neighbour = "+14155550124";

    [Fact]
    public async Task What_is_set_up_before_it_is_enabled_does_not_hold_yet()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        await server.AdvancedOptOutAsync(service, ("OptOutKeywords", "LEAVE"), ("OptOutReply", "Example: goodbye"));
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, "LEAVE");
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.SendAsync(Number, "STOP");

        await phone.ExpectSmsAsync("You have successfully been unsubscribed.");
        await phone.NoMoreAsync();
    }

    [Fact]
    public async Task Switched_off_again_the_default_words_and_replies_hold_again_and_the_webhook_is_told_nothing_of_them()
    {
        await server.ClearAsync();
        await using var app = await InboundApp.StartAsync();
        var service = await server.NewPoolAsync(Number);
        await server.SendInboundToAsync(service, app.AnswerStatus("/sms", 204));
        await server.AdvancedOptOutAsync(service, ("Enabled", "true"), ("OptOutKeywords", "LEAVE"), ("OptOutReply", "Example: goodbye"));
        var (phone, neighbour) = (new Handset(server, Person), new Handset(server, Neighbour));
        await phone.SendAsync(Number, "LEAVE");
        await phone.ExpectSmsAsync("Example: goodbye");
        Assert.Equal("STOP", Assert.Single(await app.UntilAsync("/sms"))["OptOutType"]);

        await server.AdvancedOptOutAsync(service, ("Enabled", "false"));

        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        await neighbour.SendAsync(Number, "LEAVE");
        Assert.Null((await app.UntilAsync("/sms", 2))[1]["OptOutType"]);
        Assert.Equal("delivered", await server.TellAsync(service, Neighbour));
        await neighbour.ExpectSmsAsync("News");
        await neighbour.SendAsync(Number, "QUIT");
        await neighbour.ExpectSmsAsync("You have successfully been unsubscribed.");
        Assert.Null((await app.UntilAsync("/sms", 3))[2]["OptOutType"]);
        await phone.SendAsync(Number, "YES");
        await phone.ExpectSmsAsync("You have successfully been re-subscribed");
        await phone.NoMoreAsync();
        await neighbour.NoMoreAsync();
    }

    [Fact]
    public async Task Switched_on_once_more_what_was_set_up_holds_again()
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        await server.AdvancedOptOutAsync(service, ("Enabled", "true"), ("OptOutKeywords", "LEAVE"), ("OptOutReply", "Example: goodbye"));
        foreach (var enabled in new[] { "false", "true" }) await server.AdvancedOptOutAsync(service, ("Enabled", enabled));
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, "LEAVE");

        await phone.ExpectSmsAsync("Example: goodbye");
        await phone.NoMoreAsync();
    }
}
