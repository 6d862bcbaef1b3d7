using System.Diagnostics.Metrics;

namespace MessagingServices.Server.Telemetry;

/// <summary>
/// Metrics of the stages of this process. Polls that find nothing are not counted: an idle stage polls five times a
/// second.
/// </summary>
internal sealed class StageTelemetry
{
    private readonly Histogram<double> durations;
    private readonly Histogram<int> sizes;
    private readonly Counter<long> failures;

    public StageTelemetry(IMeterFactory meters)
    {
        var meter = meters.Ours();
        durations = meter.Durations("stage.batch.duration", "Duration of a stage's work on a batch, commits included");
        sizes = meter.Sizes("stage.batch.size", "row", "Rows of a stage's batch");
        failures = meter.Counts("stage.failures", "batch", "Failed batches, which the stage retries");
    }

    public void Worked(string stage, int rows, TimeSpan took)
    {
        durations.Record(took.TotalSeconds, Of(stage));
        sizes.Record(rows, Of(stage));
    }

    public void Failed(string stage) => failures.Add(1, Of(stage));

    private static KeyValuePair<string, object?> Of(string stage) => new("stage", stage);
}
