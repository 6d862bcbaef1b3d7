using System.Diagnostics;
using System.Diagnostics.Metrics;
using MessagingServices.Server.Telemetry;
using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// The lengths and ages of the queues. They are read from the database, which all servers share, at a scrape and at
/// most once a second. A queue that cannot be read is not shown.
/// </summary>
internal sealed class QueueTelemetry
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource database;
    private readonly EmulatorClock clock;
    private readonly Dictionary<WorkQueues, string> names;
    private readonly ThrottledLog failures;
    private readonly Lock gate = new();
    private Task reading = Task.CompletedTask;
    private long? begun;
    private volatile IReadOnlyList<QueueReading> read = [];

    /// <summary>Creates the instruments.</summary>
    public QueueTelemetry(IMeterFactory meters, NpgsqlDataSource database, EmulatorClock clock,
        IEnumerable<PipelineStage> stages, FailureLogs logs)
    {
        (this.database, this.clock) = (database, clock);
        names = stages.Where(stage => stage.Queue != WorkQueues.None)
            .ToDictionary(stage => stage.Queue, stage => stage.Name);
        failures = logs.Of<QueueTelemetry>("Reading the queues for /metrics");
        var meter = meters.Ours();
        meter.CreateObservableGauge("messaging_services.queue.length", Lengths, "{row}",
            "What waits for a stage, counted up to 10000");
        meter.CreateObservableGauge("messaging_services.queue.oldest.age", Ages, "s",
            "For how long the longest due has been waiting for a stage");
        meter.CreateObservableGauge("messaging_services.database.up", () =>
            read.Count > 0 ? 1 : 0, null, "Whether the queues could be read for this scrape");
    }

    /// <summary>Reads the queues when the last reading is older than a second; ends after a second at most.</summary>
    public async Task RefreshAsync()
    {
        Task present;
        lock (gate)
        {
            if (reading.IsCompleted && (begun is not { } last || Stopwatch.GetElapsedTime(last) >= Freshness))
            {
                begun = Stopwatch.GetTimestamp();
                reading = Task.Run(ReadAsync);
            }

            present = reading;
        }

        // A database that hangs does not even confirm the cancellation of a query.
        if (await Task.WhenAny(present, Task.Delay(Patience)) != present) read = [];
    }

    private async Task ReadAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            read = await database.ReadQueuesAsync(clock.RealNow, patience.Token);
            failures.Succeeded();
        }
        catch (Exception failure)
        {
            read = [];
            failures.Failed(failure);
        }
    }

    private IEnumerable<Measurement<long>> Lengths() => read.SelectMany(queue => queue.Later is { } later
        ? [new(queue.Due, Stage(queue), new("state", "due")), new(later, Stage(queue), new("state", "later"))]
        : new Measurement<long>[] { new(queue.Due, Stage(queue), new("state", "due")) });

    private IEnumerable<Measurement<double>> Ages() =>
        read.Select(queue => new Measurement<double>(queue.Oldest.TotalSeconds, Stage(queue)));

    private KeyValuePair<string, object?> Stage(QueueReading queue) => new("stage", names[queue.Queue]);
}
