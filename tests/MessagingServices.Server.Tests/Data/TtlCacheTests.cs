namespace MessagingServices.Server.Tests.Data;

/// <summary>A cache of one second: concurrent callers share one read, and missing values are not cached.</summary>
public sealed class TtlCacheTests
{
    private readonly StoppedTime time = new();
    private readonly List<TaskCompletionSource<string?>> readings = [];
    private readonly TtlCache<int, string> memory;

    public TtlCacheTests() => memory = new(_ =>
    {
        readings.Add(new());
        return readings[^1].Task;
    }, time);

    [Fact]
    public async Task All_who_ask_while_it_is_read_wait_for_one_reading()
    {
        var asking = Enumerable.Range(0, 100).Select(_ => AskAsync()).ToList();
        readings.Single().SetResult("as stored");

        Assert.All(await Task.WhenAll(asking), value => Assert.Equal("as stored", value));
    }

    [Fact]
    public async Task After_a_second_it_is_read_again()
    {
        await AnswerAsync("before");
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal("before", await AskAsync());
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("after", await AnswerAsync("after"));
    }

    [Fact]
    public async Task A_cache_may_keep_values_for_longer()
    {
        var reads = 0;
        TtlCache<int, string> patient =
            new(_ => Task.FromResult<string?>($"{++reads}"), time, TimeSpan.FromSeconds(5));
        Assert.Equal("1", await patient.GetAsync(1, CancellationToken.None));
        time.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.Equal("1", await patient.GetAsync(1, CancellationToken.None));
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("2", await patient.GetAsync(1, CancellationToken.None));
    }

    [Fact]
    public async Task Who_asks_after_a_change_does_not_get_what_was_read_before_it()
    {
        var before = AskAsync();
        memory.Invalidate(1);
        var after = AskAsync();
        readings[1].SetResult("changed");
        readings[0].SetResult("as it was");

        Assert.Equal(("as it was", "changed", "changed"), (await before, await after, await AskAsync()));
    }

    [Fact]
    public async Task What_is_not_there_is_not_remembered()
    {
        Assert.Null(await AnswerAsync(null));

        Assert.Equal("created since", await AnswerAsync("created since"));
    }

    [Fact]
    public async Task A_failed_reading_is_repeated_even_if_no_caller_waited_for_it()
    {
        using var gone = new CancellationTokenSource();
        var asking = memory.GetAsync(1, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        readings[0].SetException(new InvalidOperationException());

        Assert.Equal("as stored", await AnswerAsync("as stored"));
    }

    [Fact]
    public async Task A_caller_that_hangs_up_does_not_cancel_the_others()
    {
        using var gone = new CancellationTokenSource();
        var impatient = memory.GetAsync(1, gone.Token).AsTask();
        var patient = AskAsync();
        await gone.CancelAsync();
        readings.Single().SetResult("as stored");

        Assert.Equal("as stored", await patient);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
    }

    private Task<string?> AskAsync() => memory.GetAsync(1, CancellationToken.None).AsTask();

    private Task<string?> AnswerAsync(string? value)
    {
        var asking = AskAsync();
        readings[^1].SetResult(value);
        return asking;
    }

    private sealed class StoppedTime : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Advance(TimeSpan by) => now += by.Ticks;
    }
}
