namespace MessagingServices.Server.Tests.Data;

/// <summary>A cache of one second: concurrent callers share one read, and missing values are not cached.</summary>
public sealed class TtlCacheTests
{
    private readonly StoppedTime time = new();
    private readonly List<TaskCompletionSource<string?>> readings = [];
    private readonly List<int[]> asked = [];
    private readonly TtlCache<int, string> memory;

    public TtlCacheTests() => memory = new(async keys =>
    {
        asked.Add([.. keys]);
        readings.Add(new());
        var value = await readings[^1].Task;
        return value is null ? [] : keys.ToDictionary(key => key, _ => value);
    }, time);

    [Fact]
    public async Task All_who_ask_while_it_is_read_wait_for_one_reading()
    {
        var asking = Enumerable.Range(0, 100).Select(_ => AskAsync()).ToList();
        readings.Single().SetResult("as stored");

        Assert.All(await Task.WhenAll(asking), value => Assert.Equal("as stored", value));
    }

    [Fact]
    public async Task Many_are_read_together()
    {
        var first = memory.GetAllAsync(Enumerable.Range(1, 100), CancellationToken.None);
        readings.Single().SetResult("as stored");
        Assert.Equal(100, (await first).Count);
        time.Advance(TimeSpan.FromSeconds(1));

        var second = memory.GetAllAsync(Enumerable.Range(1, 100).Append(1), CancellationToken.None);
        readings[1].SetResult(null);

        Assert.Empty(await second);
        Assert.Equal([100, 100], asked.Select(keys => keys.Length));
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
        TtlCache<int, string> patient = new(
            _ => Task.FromResult(new Dictionary<int, string> { [1] = $"{++reads}" }), time, TimeSpan.FromSeconds(5));
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
    public async Task Some_values_are_forgotten_and_what_is_being_read_too()
    {
        await AnswerAsync("one");
        await AnswerAsync("two", key: 2);
        var asking = AskAsync(key: 3);

        memory.InvalidateWhere((_, value) => value is null or "one");

        Assert.Equal("two", await AskAsync(key: 2));
        Assert.Equal("new", await AnswerAsync("new"));
        Assert.Equal("newer", await AnswerAsync("newer", key: 3));
        readings[2].SetResult("older");
        Assert.Equal(("older", "newer"), (await asking, await AskAsync(key: 3)));
    }

    [Fact]
    public async Task What_is_not_there_is_not_remembered()
    {
        Assert.Null(await AnswerAsync(null));

        Assert.Equal("created since", await AnswerAsync("created since"));
    }

    [Fact]
    public async Task A_reading_refreshes_the_others_that_are_in_use()
    {
        foreach (var key in Enumerable.Range(1, 5)) await AnswerAsync("before", key);
        time.Advance(TimeSpan.FromMilliseconds(600));
        await AnswerAsync("younger", 6);
        Assert.Equal("before", await AskAsync(2));
        time.Advance(TimeSpan.FromMilliseconds(400));

        Assert.Equal("after", await AnswerAsync("after"));

        Assert.Equal([1, 2, 3, 4, 5], asked[^1].Order());
        foreach (var key in Enumerable.Range(1, 5)) Assert.Equal("after", await AskAsync(key));
        Assert.Equal("younger", await AskAsync(6));

        // The others were not used in the last second.
        time.Advance(TimeSpan.FromSeconds(1));
        await AnswerAsync("again", 6);
        time.Advance(TimeSpan.FromSeconds(1));
        await AnswerAsync("once more", 6);
        Assert.Equal([6], asked[^1]);
    }

    [Fact]
    public async Task Four_readings_run_at_once_and_the_next_one_is_for_all_who_wait()
    {
        var asking = Enumerable.Range(1, 10).Select(AskAsync).ToList();
        Assert.Equal([[1], [2], [3], [4]], asked);

        readings[0].SetResult("one");
        Assert.Equal("one", await asking[0]);
        Assert.Equal([5, 6, 7, 8, 9, 10], asked[^1]);

        readings[4].SetResult("all");
        foreach (var value in asking.Skip(4)) Assert.Equal("all", await value);
    }

    [Fact]
    public async Task Of_many_values_only_those_are_read_again_whose_version_has_changed()
    {
        var versions = Enumerable.Range(1, 20).ToDictionary(key => key, _ => "7");
        List<int[]> read = [];
        TtlCache<int, string> versioned = new(
            keys =>
            {
                read.Add([.. keys.Order()]);
                return Task.FromResult(Stored(keys).ToDictionary(key => key, key => versions[key]));
            },
            time, readVersions: keys => Task.FromResult(Stored(keys).ToDictionary(key => key, key => versions[key])));
        await GetAllAsync();
        await GetAllAsync();
        read.Clear();
        versions[3] = "8";
        versions.Remove(5);

        var values = await GetAllAsync();

        // What no longer exists is not cached: the call for it reads again.
        Assert.Equal([[3, 5], [5]], read);
        Assert.Equal("8", values[2]);
        Assert.Null(values[4]);
        Assert.All(values.Where((_, i) => i is not (2 or 4)), value => Assert.Equal("7", value));

        IEnumerable<int> Stored(IReadOnlyCollection<int> keys) => keys.Where(versions.ContainsKey);

        async Task<List<string?>> GetAllAsync()
        {
            time.Advance(TimeSpan.FromSeconds(1));
            List<string?> all = [];
            for (var key = 1; key <= 20; key++) all.Add(await versioned.GetAsync(key, CancellationToken.None));
            return all;
        }
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

    private Task<string?> AskAsync(int key = 1) => memory.GetAsync(key, CancellationToken.None).AsTask();

    private Task<string?> AnswerAsync(string? value, int key = 1)
    {
        var asking = AskAsync(key);
        readings[^1].SetResult(value);
        return asking;
    }
}
