namespace MessagingServices.Benchmarks.Load.Figures;

/// <summary>One side of a comparison and how a round of it is measured.</summary>
internal sealed record Side(string Name, Func<Task<Round>> MeasureAsync);

/// <summary>What one round brought.</summary>
/// <param name="PerSecond">What was done a second.</param>
/// <param name="MedianMs">The median latency, where known.</param>
/// <param name="P99Ms">The 99th percentile of the latency, where known.</param>
internal sealed record Round(double PerSecond, double MedianMs = double.NaN, double P99Ms = double.NaN);

/// <summary>All rounds of one side.</summary>
internal sealed record Series(string Name, IReadOnlyList<Round> Rounds)
{
    public double PerSecond => Rounds.Select(round => round.PerSecond).Median();

    public double MedianMs => Rounds.Select(round => round.MedianMs).Median();

    public double P99Ms => Rounds.Select(round => round.P99Ms).Median();
}

/// <summary>
/// Measures sides alternately (A B A B A B), so that whatever else the machine does befalls them alike.
/// </summary>
internal static class Comparison
{
    public static async Task<IReadOnlyList<Series>> RunAsync(LoadRun run, params IReadOnlyList<Side> sides)
    {
        var rounds = sides.ToDictionary(side => side, _ => new List<Round>());
        for (var round = 1; round <= run.Options.Rounds; round++)
        {
            foreach (var side in sides)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                rounds[side].Add(await side.MeasureAsync());
                run.Progress($"{side.Name}, round {round}: {Show.PerSecond(rounds[side][^1].PerSecond)}/s");
            }
        }

        return [.. sides.Select(side => new Series(side.Name, rounds[side]))];
    }

    /// <summary>A table of series; the ratio is of the medians, the first series to each.</summary>
    public static TextTable NewTable(string heading) =>
        new(heading, "median/s", "least/s", "most/s", "p50 ms", "p99 ms", "first / this");

    /// <summary>Adds the rows of one comparison.</summary>
    public static void Add(TextTable table, string prefix, IReadOnlyList<Series> compared)
    {
        foreach (var series in compared)
        {
            table.Add(prefix + series.Name, Show.PerSecond(series.PerSecond),
                Show.PerSecond(series.Rounds.Min(r => r.PerSecond)),
                Show.PerSecond(series.Rounds.Max(r => r.PerSecond)), Show.Ms(series.MedianMs), Show.Ms(series.P99Ms),
                series == compared[0] ? "" : Show.Ratio(compared[0].PerSecond / series.PerSecond));
        }
    }
}
