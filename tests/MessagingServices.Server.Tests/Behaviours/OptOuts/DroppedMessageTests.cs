using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>Where a Messaging Service drops what comes in, keywords hold nevertheless.</summary>
[Collection(OptOutServer.Name)]
public sealed class DroppedMessageTests(MessagingServer server)
{
    private const string Number = "+14155550001", Person = "+14155550123";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task STOP_and_START_hold_and_are_answered_though_the_message_is_not_kept(bool advanced)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        await server.SendInboundToAsync(service, "");
        if (advanced) await server.AdvancedOptOutAsync(service, ("Enabled", "true"));
        var phone = new Handset(server, Person);

        var stop = await phone.SendAsync(Number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        await phone.SendAsync(Number, "START");

        await phone.ExpectSmsAsync("re-subscribed");
        Assert.Equal("delivered", await server.TellAsync(service, Person));
        await phone.ExpectSmsAsync("News");
        await phone.NoMoreAsync();
        await server.GetAsync(Calls.Message(stop["sid"]!)).ExpectErrorAsync(404, 20404);
        Assert.Empty((await server.GetAsync($"{Calls.Messages}?From={Uri.EscapeDataString(Person)}")).Body!["messages"]!.AsArray());
    }

    [Fact]
    public async Task So_does_STOP_in_an_MMS()
    {
        await server.ClearAsync();
        await using var media = await MediaServer.StartAsync();
        var service = await server.NewPoolAsync(Number);
        await server.SendInboundToAsync(service, "");
        var phone = new Handset(server, Person);

        await phone.SendAsync(Number, "STOP", media.PictureUrl);

        await phone.ExpectSmsAsync("unsubscribed");
        Assert.Equal("failed 21610", await server.TellAsync(service, Person));
        await phone.NoMoreAsync();
        Assert.Empty(media.Requests);
    }
}
