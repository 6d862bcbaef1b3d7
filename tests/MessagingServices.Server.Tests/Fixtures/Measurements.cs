using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// What the servers in this process count, from now on. The page <c>/metrics</c> of one of many servers does not tell:
/// it has the instruments of all of them, up to a limit.
/// </summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<(string Name, string? Kind), long> sums = new();

    /// <param name="names">The ends of the names of counters.</param>
    public Measurements(params string[] names)
    {
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (names.FirstOrDefault(name => instrument.Name.EndsWith(name, StringComparison.Ordinal)) is { } known)
                own.EnableMeasurementEvents(instrument, known);
        };
        listener.SetMeasurementEventCallback<long>((_, more, tags, name) =>
        {
            string? kind = null;
            foreach (var (tag, value) in tags)
                if (tag == "kind") kind = value?.ToString();
            sums.AddOrUpdate(((string)name!, kind), more, (_, sum) => sum + more);
        });
        listener.Start();
    }

    /// <summary>The sum of a counter.</summary>
    /// <param name="name">The end of its name.</param>
    /// <param name="kind">The value of its label <c>kind</c>; null for a counter without one.</param>
    public long Of(string name, string? kind = null) => sums.GetValueOrDefault((name, kind));

    public void Dispose() => listener.Dispose();
}
