using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.OptOuts.NewAddresses;

namespace MessagingServices.Server.Tests.OptOuts;

/// <summary>The server checks opt-outs when it sends a scheduled message, not when it accepts it.</summary>
public sealed class StopBeforeAScheduledMessageTests(FrozenMessagingServer server)
    : IClassFixture<FrozenMessagingServer>
{
    private readonly string number = NewNumber(), person = NewNumber();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_scheduled_message_fails_after_STOP_unless_START_follows(bool startsAgain)
    {
        var service = await server.Api.Services.CreateWithPoolAsync(number);
        var sid = await server.Api.Messages.SendAsync(("To", person), ("MessagingServiceSid", service),
            ("Body", "Later news"), ("ScheduleType", "fixed"),
            ("SendAt", ClockApi.Iso((await server.Api.Clock.NowAsync()).AddHours(1))));
        var phone = new Handset(server, person);
        await phone.SendAsync(number, "STOP");
        await phone.ExpectSmsAsync("unsubscribed");
        if (startsAgain)
        {
            await phone.SendAsync(number, "START");
            await phone.ExpectSmsAsync("re-subscribed");
        }

        await server.Api.Clock.ChangeAsync(("Advance", "PT2H"));

        if (startsAgain) await phone.ExpectSmsAsync("Later news");
        else Assert.Equal("21610", (await server.Api.Messages.UntilAsync(sid, "failed"))["error_code"]);
        await phone.NoMoreAsync();
    }
}
