using System.Diagnostics.Metrics;

namespace MessagingServices.Server.Telemetry;

/// <summary>How the stages of this process work. Looks that find nothing are not told: an idle stage takes one five times a second.</summary>
internal sealed class StageTelemetry
{
    private readonly Histogram<double> durations;
    private readonly Histogram<int> sizes;
    private readonly Counter<long> failures;

    /// <summary>Makes the instruments.</summary>
    public StageTelemetry(IMeterFactory meters)
    {
        var meter = meters.Ours();
        durations = meter.Durations("stage.batch.duration", "How long a stage worked on a batch, commits included");
        sizes = meter.Sizes("stage.batch.size", "row", "How many rows a stage worked on at once");
        failures = meter.Counts("stage.failures", "batch", "Batches that a stage could not work on and tries again");
    }

    /// <summary>A stage worked on a batch.</summary>
    public void Worked(string stage, int rows, TimeSpan took)
    {
        durations.Record(took.TotalSeconds, Of(stage));
        sizes.Record(rows, Of(stage));
    }

    /// <summary>A stage could not do its work.</summary>
    public void Failed(string stage) => failures.Add(1, Of(stage));

    private static KeyValuePair<string, object?> Of(string stage) => new("stage", stage);
}
