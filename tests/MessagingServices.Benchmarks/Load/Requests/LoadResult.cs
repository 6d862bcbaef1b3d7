
namespace MessagingServices.Benchmarks.Load.Requests;

/// <summary>What a load generator saw.</summary>
internal sealed record LoadResult
{
    /// <summary>How many answers had which HTTP status.</summary>
    public required IReadOnlyDictionary<int, long> Statuses { get; init; }

    /// <summary>Requests that got no answer: refused or broken connections, timeouts.</summary>
    public required long Broken { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required double P50Ms { get; init; }

    public required double P99Ms { get; init; }

    public long Answers => Statuses.Values.Sum();

    public long Count(int status) => Statuses.GetValueOrDefault(status);

    public double PerSecond => Answers / Elapsed.TotalSeconds;

    /// <summary>
    /// As a round of a comparison, if every answer was the expected one: other figures would mean nothing.
    /// </summary>
    /// <exception cref="LoadFailure">There were others.</exception>
    public Figures.Round AllOf(int status) => Broken == 0 && Answers > 0 && Count(status) == Answers
        ? new(PerSecond, P50Ms, P99Ms)
        : throw new LoadFailure($"Every answer should have been {status}, but there were {Describe()}.");

    /// <summary>The answers by status.</summary>
    public string Describe() => string.Join(", ",
        [.. Statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} of status {pair.Key}"),
            $"{Broken} without an answer"]);
}
