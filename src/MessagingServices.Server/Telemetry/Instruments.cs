using System.Diagnostics.Metrics;

namespace MessagingServices.Server.Telemetry;

/// <summary>What this server's instruments have in common.</summary>
internal static class Instruments
{
    /// <summary>The name of the meter, and of the source of spans.</summary>
    public const string Scope = "MessagingServices";

    /// <summary>From the quickest commit to the longest time that a webhook may take, in seconds.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
    };

    /// <summary>Batches are of 200 rows at most, those of webhooks of some hundreds more.</summary>
    private static readonly InstrumentAdvice<int> Rows = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 199, 500, 1000] };

    /// <summary>The meter of one server.</summary>
    public static Meter Ours(this IMeterFactory meters) => meters.Create(Scope);

    /// <summary>Counts from the start of the server.</summary>
    public static Counter<long> Counts(this Meter meter, string name, string unit, string description) =>
        meter.CreateCounter<long>($"messaging_services.{name}", $"{{{unit}}}", description);

    /// <summary>A distribution of durations.</summary>
    public static Histogram<double> Durations(this Meter meter, string name, string description) =>
        meter.CreateHistogram($"messaging_services.{name}", "s", description, null, Seconds);

    /// <summary>A distribution of the sizes of batches.</summary>
    public static Histogram<int> Sizes(this Meter meter, string name, string unit, string description) =>
        meter.CreateHistogram($"messaging_services.{name}", $"{{{unit}}}", description, null, Rows);
}
