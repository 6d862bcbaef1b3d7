using System.Diagnostics.Metrics;

namespace MessagingServices.Server.Telemetry;

/// <summary>Makes the instruments of this server.</summary>
internal static class Instruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Scope = "MessagingServices";

    /// <summary>In seconds, from the fastest commit to the total timeout of a webhook.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
    };

    /// <summary>A batch has up to 200 rows; a batch of webhooks has some hundreds more.</summary>
    private static readonly InstrumentAdvice<int> Rows = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 199, 500, 1000],
    };

    public static Meter Ours(this IMeterFactory meters) => meters.Create(Scope);

    public static Counter<long> Counts(this Meter meter, string name, string unit, string description) =>
        meter.CreateCounter<long>($"messaging_services.{name}", $"{{{unit}}}", description);

    /// <summary>A histogram of durations, in seconds.</summary>
    public static Histogram<double> Durations(this Meter meter, string name, string description) =>
        meter.CreateHistogram($"messaging_services.{name}", "s", description, null, Seconds);

    /// <summary>A histogram of batch sizes.</summary>
    public static Histogram<int> Sizes(this Meter meter, string name, string unit, string description) =>
        meter.CreateHistogram($"messaging_services.{name}", $"{{{unit}}}", description, null, Rows);
}
