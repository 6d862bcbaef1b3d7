using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>The clock is one for all servers of a database, and outlives them.</summary>
public sealed class ClockOfAllServersTests(PostgresServer postgres)
{
    private const string NoStages = "--Pipeline:Stages=";

    [Fact]
    public async Task It_stands_where_it_stood_after_a_restart()
    {
        await using var database = await DatabaseAsync();
        DateTimeOffset frozen;
        await using (var first = await ServerUnderTest.StartAsync(database.ConnectionString))
        {
            frozen = await EmulatorCalls.ChangeClockAsync(first.Http, ("Advance", "P30D"), ("Frozen", "true"));
            await first.StopAsync();
        }

        DateTimeOffset running;
        await using (var second = await ServerUnderTest.StartAsync(database.ConnectionString))
        {
            Assert.Equal(frozen, await EmulatorCalls.NowAsync(second.Http));
            running = await EmulatorCalls.ChangeClockAsync(second.Http, ("Frozen", "false"));
            await second.KillAsync();
        }

        await using var third = await ServerUnderTest.StartAsync(database.ConnectionString, "--Clock:Frozen", "true");
        Assert.InRange(await EmulatorCalls.NowAsync(third.Http) - running, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.False((bool)(await EmulatorCalls.GetAsync(third.Http, EmulatorCalls.Clock)).Body!["frozen"]!);
    }

    [Fact]
    public async Task A_server_without_stages_moves_it_for_the_one_that_has_them()
    {
        await using var database = await DatabaseAsync();
        await using var worker = await ServerUnderTest.StartAsync(database.ConnectionString, "--Clock:Frozen", "true");
        await using var front = await ServerUnderTest.StartAsync(database.ConnectionString, NoStages);
        var service = await Calls.CreateServiceAsync(front.Http, null, "+14155550171");
        var now = await EmulatorCalls.NowAsync(front.Http);
        var sendAt = EmulatorCalls.Time($"{now.AddDays(1):yyyy-MM-dd'T'HH:mm:ss}.000Z");
        var sid = await Calls.SendAsync(front.Http, ("MessagingServiceSid", service), ("To", "+14155552671"), ("Body", "Hi"),
            ("ScheduleType", "fixed"), ("SendAt", EmulatorCalls.Iso(sendAt)));

        var after = await EmulatorCalls.ChangeClockAsync(front.Http, ("Advance", "P1DT1M"));

        Assert.Equal(now.AddDays(1).AddMinutes(1), after);
        Assert.Equal(after, await EmulatorCalls.NowAsync(worker.Http));
        Assert.Equal(
        [
            ("scheduled", now), ("queued", sendAt), ("sending", sendAt), ("sent", sendAt.AddMilliseconds(100)), ("delivered", sendAt.AddMilliseconds(200)),
        ], await EmulatorCalls.StatusesAsync(front.Http, sid));
    }

    [Fact]
    public async Task Servers_that_move_it_at_once_lose_no_move()
    {
        await using var database = await DatabaseAsync();
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, "--Clock:Frozen", "true");
        await using var two = await ServerUnderTest.StartAsync(database.ConnectionString);
        var before = await EmulatorCalls.NowAsync(one.Http);

        await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(i => EmulatorCalls.ChangeClockAsync((i % 2 == 0 ? one : two).Http, ("Advance", "P1D"))));

        Assert.Equal(before.AddDays(10), await EmulatorCalls.NowAsync(one.Http));
        Assert.Equal(before.AddDays(10), await EmulatorCalls.NowAsync(two.Http));
    }

    private async Task<PostgresDatabase> DatabaseAsync()
    {
        var database = new PostgresDatabase(postgres);
        await database.InitializeAsync();
        return database;
    }
}
