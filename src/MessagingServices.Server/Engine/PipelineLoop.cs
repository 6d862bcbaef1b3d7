using System.Diagnostics;
using MessagingServices.Server.Telemetry;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Runs the stages of this process, each in its own loop: it works while there is work, then it rests until a signal. A
/// stage that fails is tried again a little later. The loop ends only with the server.
/// </summary>
internal sealed partial class PipelineLoop(
    IEnumerable<PipelineStage> stages, PipelineOptions options, PipelineSignals signals, StageTelemetry telemetry,
    FailureLogs logs)
    : BackgroundService
{
    private static readonly TimeSpan ShortRest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StayAlert = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LeavesWithin = TimeSpan.FromSeconds(1);

    private readonly ILogger logger = logs.Of<PipelineLoop>();
    private readonly IReadOnlyList<PipelineStage> stages = options.Of(stages);
    private readonly ReclaimExpiredClaims claims = stages.OfType<ReclaimExpiredClaims>().Single();
    private readonly Lock gate = new();
    private Task? stopped;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // Each loop ends by itself. A canceled task would count as a failure of the server that cannot start.
        Task.WhenAll(stages.Select(stage => Task.Run(() => RunAsync(stage, stoppingToken), CancellationToken.None)));

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first claim: without a heartbeat this server could count as expired for the others.
        await claims.RecordHeartbeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        // A host may be stopped twice at the same time. The second call waits for the first before it closes the
        // database.
        lock (gate) return stopped ??= StopOnceAsync(cancellationToken);
    }

    private async Task StopOnceAsync(CancellationToken cancellation)
    {
        await base.StopAsync(cancellation);
        using var patience = new CancellationTokenSource(LeavesWithin);
        try
        {
            await claims.LeaveAsync(patience.Token);
        }
        catch (Exception failure)
        {
            // The other servers take the claims over when the heartbeat has expired.
            LogNotLeft(failure);
        }
    }

    private async Task RunAsync(PipelineStage stage, CancellationToken stopping)
    {
        signals.Register(stage);
        var lastWork = Stopwatch.GetTimestamp();
        var failures = logs.Of<PipelineLoop>($"Stage {stage.Name}");
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // A batch that has begun is finished: it is short, and half of it would only be done again.
                var began = Stopwatch.GetTimestamp();
                var moved = await stage.RunOnceAsync(stopping);
                failures.Succeeded();
                if (moved > 0)
                {
                    var took = Stopwatch.GetElapsedTime(began);
                    telemetry.Worked(stage.Name, moved, took);
                    lastWork = Stopwatch.GetTimestamp();
                    if (stage.CanWait) await Task.Delay(took, stopping);
                    continue;
                }

                // The rows that have just moved are due again within milliseconds.
                var alert = Stopwatch.GetElapsedTime(lastWork) < StayAlert && ShortRest < stage.MaxRest;
                await signals.RestAsync(stage, alert ? ShortRest : stage.MaxRest, stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                // The server is stopping, or could not start. As after a crash, the batch is done again.
                return;
            }
            catch (Exception failure)
            {
                failures.Failed(failure);
                telemetry.Failed(stage.Name);
                // No signal ends this pause: new work would fail too.
                await Task.Delay(AfterFailure, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The claims of this server could not be given back")]
    private partial void LogNotLeft(Exception failure);
}
