using System.Net;
using System.Net.Sockets;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Emulator;

/// <summary>
/// A frozen clock passes days in an instant, and everything that becomes due on the way has the time of real time. The
/// carrier takes 10 ms a step.
/// </summary>
public sealed class AdvanceTests(FrozenMessagingServer server) : IClassFixture<FrozenMessagingServer>, IAsyncLifetime
{
    private const string To = "+14155552671";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private string service = "";

    public async ValueTask InitializeAsync()
    {
        await server.Api.Clock.ChangeAsync(("Frozen", "true"));
        service = (string?)await Sql.ScalarAsync(server.ConnectionString, "SELECT sid FROM messaging_services LIMIT 1")
            ?? await server.Api.Services.CreateWithPoolAsync("+14155550161");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_scheduled_message_goes_out_at_its_time()
    {
        var now = await server.Api.Clock.NowAsync();
        var sendAt = ClockApi.Parse($"{now.AddDays(1):yyyy-MM-dd'T'HH:mm:ss}.000Z");
        var sid = await SendAsync(("ScheduleType", "fixed"), ("SendAt", ClockApi.Iso(sendAt)));

        var began = TimeProvider.System.GetTimestamp();
        await AdvanceAsync("P2D");

        // A day must not take so long that people notice; this is far above what it takes on a busy machine.
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10));
        Assert.Equal(
            [("scheduled", now), ("queued", sendAt), ("sending", sendAt), ("sent", sendAt + Step),
                ("delivered", sendAt + (2 * Step))],
            await server.Api.Messages.StatusesAsync(sid));
    }

    [Fact]
    public async Task What_was_accepted_before_the_call_is_included()
    {
        var now = await server.Api.Clock.NowAsync();
        var sids = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => SendAsync()));

        await AdvanceAsync("P1D");

        foreach (var sid in sids)
        {
            Assert.Equal([("accepted", now), ("queued", now), ("sending", now), ("sent", now + Step),
                ("delivered", now + (2 * Step))],
                await server.Api.Messages.StatusesAsync(sid));
        }
    }

    [Fact]
    public async Task What_is_due_at_the_very_time_is_done_and_what_follows_is_not()
    {
        var now = await server.Api.Clock.NowAsync();
        var sid = await SendAsync();

        await AdvanceAsync("PT0.01S");
        Assert.Equal(("sent", now + Step), (await server.Api.Messages.StatusesAsync(sid))[^1]);

        await AdvanceAsync("PT0.009S");
        Assert.Equal("sent", (await server.Api.Messages.StatusesAsync(sid))[^1].Status);

        await AdvanceAsync("PT0.001S");
        Assert.Equal(("delivered", now + (2 * Step)), (await server.Api.Messages.StatusesAsync(sid))[^1]);
    }

    [Fact]
    public async Task Messages_of_different_days_each_have_their_own()
    {
        var now = await server.Api.Clock.NowAsync();
        var days = new[] { 3, 1, 2 };
        var sids = new List<string>();
        foreach (var day in days)
            sids.Add(await SendAsync(("ScheduleType", "fixed"), ("SendAt", ClockApi.Iso(now.AddDays(day)))));

        await AdvanceAsync("P3DT1S");

        for (var i = 0; i < days.Length; i++)
        {
            var queued = (await server.Api.Messages.StatusesAsync(sids[i])).Single(step => step.Status == "queued")
                .Date;
            Assert.Equal(ClockApi.Iso(now.AddDays(days[i])), ClockApi.Iso(queued));
        }
    }

    [Fact]
    public async Task Callbacks_have_been_tried_when_it_answers()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await SendAsync(("StatusCallback", receiver.Url));

        await AdvanceAsync("PT1S");

        // The last may be in flight still, since it is made only after the others.
        Assert.True(receiver.Received.Count >= 2);
        await receiver.UntilAsync(received => received.Count == 3);
        Assert.Equal(["queued", "sent", "delivered"], receiver.Received.Select(callback => callback.Status));
    }

    [Fact]
    public async Task A_receiver_that_hangs_does_not_hold_the_clock()
    {
        using var hanging = new TcpListener(IPAddress.Loopback, 0);
        hanging.Start();
        var sid = await SendAsync(("StatusCallback", $"http://127.0.0.1:{((IPEndPoint)hanging.LocalEndpoint).Port}/"));

        await AdvanceAsync("PT1S");

        var timeline = await server.GetAsync(MessagesApi.TimelinePathOf(sid));
        Assert.Equal("delivered", timeline.Body!["statuses"]!.AsArray()[^1]!["status"]!.ToString());
        Assert.Equal(3, timeline.Body["webhooks"]!.AsArray().Count);
        Assert.All(timeline.Body["webhooks"]!.AsArray(), webhook => Assert.Empty(webhook!["attempts"]!.AsArray()));
    }

    [Fact]
    public async Task A_clock_that_runs_jumps_over_no_validity_period()
    {
        await server.Api.Clock.ChangeAsync(("Frozen", "false"));
        List<string> sids = [];
        for (var i = 0; i < 20; i++)
        {
            sids.AddRange(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SendAsync(("ValidityPeriod", "60")))));
            await AdvanceAsync("P1D");
        }

        foreach (var sid in sids)
        {
            var statuses = await server.Api.Messages.StatusesAsync(sid);
            Assert.Equal("delivered", statuses[^1].Status);
            Assert.InRange(statuses[^1].Date - statuses[0].Date, 2 * Step, TimeSpan.FromMinutes(1));
            Assert.Equal(statuses.Select(step => step.Date).Order(), statuses.Select(step => step.Date));
        }
    }

    private Task<string> SendAsync(params IEnumerable<(string Name, string Value)> more) =>
        server.Api.Messages.SendAsync([("MessagingServiceSid", service), ("To", To), ("Body", "Hi"), .. more]);

    private Task<DateTimeOffset> AdvanceAsync(string duration) => server.Api.Clock.ChangeAsync(("Advance", duration));
}
