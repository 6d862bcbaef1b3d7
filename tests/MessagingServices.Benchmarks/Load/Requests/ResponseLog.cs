using System.Collections.Concurrent;
using System.Diagnostics;
using MessagingServices.Benchmarks.Load.Figures;

namespace MessagingServices.Benchmarks.Load.Requests;

/// <summary>Counts answers and their latencies.</summary>
internal sealed class ResponseLog
{
    private readonly ConcurrentDictionary<int, List<float>> milliseconds = new();
    private readonly long began = Stopwatch.GetTimestamp();
    private long broken;

    /// <summary>An answer to a request that was to be sent at a time, by <see cref="Stopwatch"/>.</summary>
    public void Answered(int status, long intended)
    {
        var latency = (float)Stopwatch.GetElapsedTime(intended).TotalMilliseconds;
        var list = milliseconds.GetOrAdd(status, _ => new(100_000));
        lock (list) list.Add(latency);
    }

    /// <summary>A request that got no answer.</summary>
    public void Broke() => Interlocked.Increment(ref broken);

    public LoadResult ToResult() => ToResult(milliseconds.Values.SelectMany(list => list));

    /// <summary>The same with the latencies of the answers of one status only.</summary>
    public LoadResult ToResultOf(int status) => ToResult(milliseconds.GetValueOrDefault(status) ?? []);

    private LoadResult ToResult(IEnumerable<float> latencies)
    {
        var elapsed = Stopwatch.GetElapsedTime(began);
        var sorted = latencies.Select(value => (double)value).Order().ToArray();
        return new()
        {
            Statuses = milliseconds.ToDictionary(pair => pair.Key, pair => (long)pair.Value.Count),
            Broken = broken,
            Elapsed = elapsed,
            P50Ms = sorted.Percentile(50),
            P99Ms = sorted.Percentile(99),
        };
    }
}
