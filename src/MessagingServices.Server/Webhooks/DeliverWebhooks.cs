using System.Diagnostics;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Posts the webhooks that are owed, status callbacks above all: claims them endpoint by endpoint and hands them to the <see cref="WebhookDispatcher"/>, without
/// waiting for their answers. Of one message only the oldest is claimed, so that its callbacks arrive in the order of its statuses.
/// </summary>
internal sealed class DeliverWebhooks : PipelineStage
{
    private readonly WebhookQueue owed;
    private readonly EndpointLimiter lanes;
    private readonly WebhookDispatcher dispatcher;

    /// <summary>Prepares the stage: it lets go of its claims when other servers have taken them over.</summary>
    public DeliverWebhooks(WebhookQueue owed, EndpointLimiter lanes, WebhookDispatcher dispatcher, ReclaimExpiredClaims heartbeat)
    {
        (this.owed, this.lanes, this.dispatcher) = (owed, lanes, dispatcher);
        heartbeat.ClaimsLost += dispatcher.DropWaiting;
    }

    /// <inheritdoc/>
    public override WorkQueues Queue => WorkQueues.Webhooks;

    private const int MaxLooks = 20;
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private string nextEndpoint = "";
    private bool mayHoldStrays;
    private TimeSpan untilSweep = BetweenSweeps;
    private long lastSweep = Stopwatch.GetTimestamp();

    /// <summary>Claims up to one batch and starts posting it.</summary>
    /// <returns>How many were claimed; their requests are still under way.</returns>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        if (dispatcher.IsStopping) return 0;
        await SweepAsync(cancellation);
        mayHoldStrays = true;
        await owed.ReleaseAsync(lanes.TakeSurplus(), cancellation);
        var claimed = await ClaimAsync(cancellation);
        mayHoldStrays = false;
        return claimed;
    }

    private async Task<int> ClaimAsync(CancellationToken cancellation)
    {
        for (var looks = 0; looks < MaxLooks && lanes.Room is > 0 and var room; looks++)
        {
            var first = nextEndpoint;
            var era = lanes.Era;
            var look = await owed.ClaimAsync(first, lanes.Quotas(), room, cancellation);
            nextEndpoint = look.Next;
            foreach (var lane in look.Lanes) lanes.Add(lane.Endpoint, lane.Webhooks, lane.Filled, lane.LookAfter, era);
            foreach (var orphan in look.Orphans) await dispatcher.GiveUpAsync(orphan, cancellation);
            dispatcher.StartNext();
            var everywhere = first == "" && look.Next == "" && look.Lanes.All(lane => lane.LookAfter == 0);
            if (look.Claimed > 0 || everywhere) return look.Claimed;
        }

        return 0;
    }

    /// <summary>
    /// Frees claims of this process that it does not know of, after a failure and from time to time. A claim whose connection broke may be
    /// committed only some time after the failure.
    /// </summary>
    private async Task SweepAsync(CancellationToken cancellation)
    {
        if (!mayHoldStrays && Stopwatch.GetElapsedTime(lastSweep) < untilSweep) return;
        untilSweep = mayHoldStrays ? AfterFailure : BetweenSweeps;
        await owed.ReleaseAllButAsync(lanes.Held, cancellation);
        lastSweep = Stopwatch.GetTimestamp();
    }
}
