using System.Globalization;

namespace MessagingServices.Benchmarks.Load.Requests;

/// <summary>Reads what <see cref="Wrk"/>'s script prints at the end.</summary>
internal static class WrkOutput
{
    /// <exception cref="LoadFailure">It is not there.</exception>
    public static LoadResult Parse(string output)
    {
        var lines = output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var statuses = lines.Where(words => words is ["STATUS", _, _])
            .GroupBy(words => int.Parse(words[1], CultureInfo.InvariantCulture))
            .ToDictionary(group => group.Key, group =>
                group.Sum(words => long.Parse(words[2], CultureInfo.InvariantCulture)));
        if (lines.FirstOrDefault(words => words is ["RESULT", ..])
            is not [_, var microseconds, var p50, var p99, var broken] || statuses.Count == 0)
            throw new LoadFailure($"wrk got no answers or did not tell of them:\n{output}");
        return new()
        {
            Statuses = statuses,
            Broken = long.Parse(broken, CultureInfo.InvariantCulture),
            Elapsed = TimeSpan.FromMicroseconds(double.Parse(microseconds, CultureInfo.InvariantCulture)),
            P50Ms = double.Parse(p50, CultureInfo.InvariantCulture) / 1000,
            P99Ms = double.Parse(p99, CultureInfo.InvariantCulture) / 1000,
        };
    }
}
