using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Emulator;

/// <summary>The emulator's clock: read, moved, frozen, started. It never goes back.</summary>
public sealed class ClockTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task It_tells_its_time_and_whether_it_stands()
    {
        var clock = await server.GetAsync(ClockApi.Path);

        Assert.Equal(200, clock.Status);
        Assert.Equal(["now", "frozen"], clock.Body.Names());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", clock["now"]!);
        Assert.False((bool)clock.Body!["frozen"]!);
    }

    [Theory]
    [InlineData("PT1H", 3600)]
    [InlineData("P1DT0.5S", 86_400.5)]
    [InlineData("P2W", 1_209_600)]
    [InlineData("PT0S", 0)]
    public async Task It_is_advanced_while_it_stands(string duration, double seconds)
    {
        var before = await FreezeAsync();

        var after = await server.Api.Clock.ChangeAsync(("Advance", duration));

        Assert.Equal(before.AddSeconds(seconds), after);
        Assert.Equal(after, await server.Api.Clock.NowAsync());
        await ThawAsync();
    }

    [Fact]
    public async Task It_is_advanced_while_it_runs_and_runs_on()
    {
        var before = await server.Api.Clock.NowAsync();

        var after = await server.Api.Clock.ChangeAsync(("Advance", "P1D"));

        Assert.InRange(after - before, TimeSpan.FromDays(1), TimeSpan.FromDays(1) + OneMinute);
        Assert.InRange(await server.Api.Clock.NowAsync() - after, TimeSpan.Zero, OneMinute);
    }

    [Fact]
    public async Task It_is_set_to_a_time_to_come()
    {
        var before = await FreezeAsync();
        var time = new DateTimeOffset(before.Year, before.Month, before.Day, 12, 30, 15, TimeSpan.Zero).AddDays(2);

        Assert.Equal(time, await server.Api.Clock.ChangeAsync(("Now", ClockApi.Iso(time))));
        Assert.Equal(time.AddHours(3),
            await server.Api.Clock.ChangeAsync(("Now", $"{time:yyyy-MM-dd'T'HH:mm:ss}-03:00")));
        await ThawAsync();
    }

    [Fact]
    public async Task What_it_has_told_is_not_its_past()
    {
        var now = await FreezeAsync();

        Assert.Equal(now, await server.Api.Clock.ChangeAsync(("Now", $"{now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}")));
        await ThawAsync();
    }

    [Fact]
    public async Task Frozen_it_stands_and_then_runs_on_from_there()
    {
        var frozen = await server.Api.Clock.ChangeAsync(("Advance", "PT1H"), ("Frozen", "true"));

        Assert.True((bool)(await server.GetAsync(ClockApi.Path)).Body!["frozen"]!);
        Assert.Equal(frozen, await server.Api.Clock.NowAsync());
        Assert.Equal(frozen, await server.Api.Clock.ChangeAsync(("Frozen", "True")));
        Assert.InRange(await ThawAsync() - frozen, TimeSpan.Zero, OneMinute);
        Assert.False((bool)(await server.GetAsync(ClockApi.Path)).Body!["frozen"]!);
    }

    [Fact]
    public async Task Advances_made_at_once_add_up()
    {
        var before = await FreezeAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.Api.Clock.ChangeAsync(("Advance", "PT1H"))));

        Assert.Equal(before.AddHours(8), await server.Api.Clock.NowAsync());
        await ThawAsync();
    }

    [Fact]
    public async Task It_never_goes_back()
    {
        using var done = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            var latest = DateTimeOffset.MinValue;
            while (!done.IsCancellationRequested)
            {
                var now = await server.Api.Clock.NowAsync();
                Assert.True(now >= latest, $"{now:O} after {latest:O}");
                latest = now;
            }
        });

        for (var i = 0; i < 20; i++)
        {
            await FreezeAsync();
            await server.Api.Clock.ChangeAsync(("Advance", "PT0.01S"), ("Frozen", "false"));
            await server.Api.Clock.ChangeAsync(("Advance", "PT0S"), ("Frozen", "true"));
            await ThawAsync();
        }

        await done.CancelAsync();
        await watching;
    }

    [Theory]
    [InlineData(null, null, "One of Advance, Now and Frozen is required")]
    [InlineData("Advance", "", "Advance must be an ISO 8601 duration such as PT1H or P1D, or next, not ''")]
    [InlineData("Advance", "1 hour", "Advance must be an ISO 8601 duration such as PT1H or P1D, or next, not '1 hour'")]
    [InlineData("Advance", "-PT1H", "Advance must be an ISO 8601 duration such as PT1H or P1D, or next, not '-PT1H'")]
    [InlineData("Advance", "P7500Y", "Advance leads beyond the year 9000")]
    [InlineData("Now", "", "Now must be an ISO 8601 time such as 2030-01-31T10:30:00Z, not ''")]
    [InlineData("Now", "tomorrow", "Now must be an ISO 8601 time such as 2030-01-31T10:30:00Z, not 'tomorrow'")]
    [InlineData("Now", "2020-01-01T00:00:00Z", "Now lies in the past of the emulator's clock")]
    [InlineData("Now", "9999-12-31T23:59:59Z", "Now lies beyond the year 9000")]
    [InlineData("Frozen", "", "Frozen must be true or false, not ''")]
    [InlineData("Frozen", "maybe", "Frozen must be true or false, not 'maybe'")]
    public async Task Bad_changes_are_refused_and_change_nothing(string? name, string? value, string message)
    {
        var before = await FreezeAsync();

        var answer = name is null
            ? await server.PostAsync(ClockApi.Path)
            : await server.PostAsync(ClockApi.Path, (name, value!));

        Assert.Equal((400, "20001", message), (answer.Status, answer["code"], answer["message"]));
        Assert.Equal(before, await server.Api.Clock.NowAsync());
        await ThawAsync();
    }

    [Fact]
    public async Task It_is_moved_in_one_way_only()
    {
        var answer = await server.PostAsync(ClockApi.Path, ("Advance", "PT1H"), ("Now", "2100-01-01T00:00:00Z"));

        Assert.Equal((400, "20001", "Only one of Advance and Now can be given"),
            (answer.Status, answer["code"], answer["message"]));
    }

    [Fact]
    public async Task It_takes_credentials()
    {
        using var anonymous = server.Client();

        foreach (var answer in new[]
            { await anonymous.Api.GetAsync(ClockApi.Path),
                await anonymous.Api.PostAsync(ClockApi.Path, ("Frozen", "true")) })
            Assert.Equal((401, "20003"), (answer.Status, answer["code"]));
    }

    private Task<DateTimeOffset> FreezeAsync() => server.Api.Clock.ChangeAsync(("Frozen", "true"));

    private Task<DateTimeOffset> ThawAsync() => server.Api.Clock.ChangeAsync(("Frozen", "false"));
}
