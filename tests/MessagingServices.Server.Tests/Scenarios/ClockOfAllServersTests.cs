using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>The clock of an account is one for all servers of a database, and outlives them.</summary>
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
            frozen = await first.Api.Clock.ChangeAsync(("Advance", "P30D"), ("Frozen", "true"));
            await first.StopAsync();
        }

        DateTimeOffset running;
        await using (var second = await ServerUnderTest.StartAsync(database.ConnectionString))
        {
            Assert.Equal(frozen, await second.Api.Clock.NowAsync());
            running = await second.Api.Clock.ChangeAsync(("Frozen", "false"));
            await second.KillAsync();
        }

        await using var third = await ServerUnderTest.StartAsync(database.ConnectionString, "--Clock:Frozen", "true");
        Assert.InRange(await third.Api.Clock.NowAsync() - running, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.False((bool)(await third.Api.GetAsync(ClockApi.Path)).Body!["frozen"]!);
    }

    [Fact]
    public async Task A_server_without_stages_moves_it_for_the_one_that_has_them()
    {
        await using var database = await DatabaseAsync();
        await using var worker = await ServerUnderTest.StartAsync(database.ConnectionString, "--Clock:Frozen", "true");
        await using var front = await ServerUnderTest.StartAsync(database.ConnectionString, NoStages);
        var service = await front.Api.Services.CreateWithPoolAsync("+14155550171");
        var now = await front.Api.Clock.NowAsync();
        var sendAt = ClockApi.Parse($"{now.AddDays(1):yyyy-MM-dd'T'HH:mm:ss}.000Z");
        var sid = await front.Api.Messages.SendAsync(("MessagingServiceSid", service), ("To", "+14155552671"),
            ("Body", "Hi"),
            ("ScheduleType", "fixed"), ("SendAt", ClockApi.Iso(sendAt)));

        var after = await front.Api.Clock.ChangeAsync(("Advance", "P1DT1M"));

        Assert.Equal(now.AddDays(1).AddMinutes(1), after);
        Assert.Equal(after, await worker.Api.Clock.NowAsync());
        Assert.Equal(
        [
            ("scheduled", now), ("queued", sendAt), ("sending", sendAt), ("sent", sendAt.AddMilliseconds(100)),
            ("delivered", sendAt.AddMilliseconds(200)),
        ], await front.Api.Messages.StatusesAsync(sid));
    }

    [Fact]
    public async Task A_move_waits_for_messages_that_another_server_takes_into_its_memory()
    {
        const int days = 3;
        const int messages = 150;
        await using var database = await DatabaseAsync();
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, "--Clock:Frozen", "true");
        await using var other = await ServerUnderTest.StartAsync(database.ConnectionString);
        var service = await one.Api.Services.CreateWithPoolAsync("+14155550171", "+14155550172");
        var now = await one.Api.Clock.NowAsync();
        for (var day = 1; day <= days; day++)
        {
            var sendAt = ClockApi.Iso(now.AddDays(day));
            await Task.WhenAll(Enumerable.Range(0, messages).Select(number => one.Api.Messages.SendAsync(
                ("MessagingServiceSid", service), ("To", $"+1415557{number:0000}"), ("Body", "Hi"),
                ("ScheduleType", "fixed"), ("SendAt", sendAt))));
        }

        for (var day = 1; day <= days; day++)
        {
            await (day % 2 == 0 ? other : one).Api.Clock.ChangeAsync(("Advance", "P1DT1M"));

            Assert.Equal((long)(day * messages), await Sql.ScalarAsync(
                database.ConnectionString, "SELECT count(*) FROM messages WHERE status = 'delivered'"));
        }
    }

    [Fact]
    public async Task Servers_that_move_it_at_once_lose_no_move()
    {
        await using var database = await DatabaseAsync();
        await using var one = await ServerUnderTest.StartAsync(database.ConnectionString, "--Clock:Frozen", "true");
        await using var two = await ServerUnderTest.StartAsync(database.ConnectionString);
        var before = await one.Api.Clock.NowAsync();

        await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(i => (i % 2 == 0 ? one : two).Api.Clock.ChangeAsync(("Advance", "P1D"))));

        Assert.Equal(before.AddDays(10), await one.Api.Clock.NowAsync());
        Assert.Equal(before.AddDays(10), await two.Api.Clock.NowAsync());
    }

    private async Task<PostgresDatabase> DatabaseAsync()
    {
        var database = new PostgresDatabase(postgres);
        await database.InitializeAsync();
        return database;
    }
}
