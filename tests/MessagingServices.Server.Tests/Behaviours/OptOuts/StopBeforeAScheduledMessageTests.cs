using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>Whether a recipient has opted out is judged when a message goes, not when it was accepted.</summary>
public sealed class StopBeforeAScheduledMessageTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>
{
    private const string Number = "+14155550001", Person = "+14155550123";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_fails_unless_START_came_in_time(bool startsAgain)
    {
        await server.ClearAsync();
        var service = await server.NewPoolAsync(Number);
        var sid = await Calls.SendAsync(server.Http, ("To", Person), ("MessagingServiceSid", service), ("Body", "Later news"), ("ScheduleType", "fixed"),
            ("SendAt", EmulatorCalls.Iso((await EmulatorCalls.NowAsync(server.Http)).AddHours(1))));
        var phone = new Handset(server, Person);
        await phone.SendAsync(Number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");
        if (startsAgain)
        {
            await phone.SendAsync(Number, "START");
            await phone.ExpectSmsAsync("re-subscribed");
        }

        await EmulatorCalls.ChangeClockAsync(server.Http, ("Advance", "PT2H"));

        if (startsAgain) await phone.ExpectSmsAsync("Later news");
        else Assert.Equal("21610", (await Calls.UntilStatusAsync(server.Http, sid, "failed"))["error_code"]);
        await phone.NoMoreAsync();
    }
}
