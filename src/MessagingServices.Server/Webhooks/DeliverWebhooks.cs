using System.Diagnostics;
using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Claims pending webhooks for each endpoint and hands them to the <see cref="WebhookDispatcher"/>, without waiting for
/// responses. Of one message it claims only the oldest webhook, so that callbacks arrive in the order of the statuses.
/// </summary>
internal sealed class DeliverWebhooks : PipelineStage
{
    private const int MaxClaims = 20;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SweepAfterFailure = TimeSpan.FromSeconds(5);

    private readonly WebhookQueue queue;
    private readonly EndpointLimiter limiter;
    private readonly WebhookDispatcher dispatcher;
    private readonly OwnedMessages memory;
    private string nextEndpoint = "";
    private bool mayHaveUnknownClaims;
    private TimeSpan untilSweep = SweepInterval;
    private long lastSweep = Stopwatch.GetTimestamp();

    public DeliverWebhooks(
        WebhookQueue queue, EndpointLimiter limiter, WebhookDispatcher dispatcher, OwnedMessages memory,
        ReclaimExpiredClaims heartbeat)
    {
        (this.queue, this.limiter, this.dispatcher, this.memory) = (queue, limiter, dispatcher, memory);
        heartbeat.ClaimsLost += dispatcher.ReleaseWaiting;
        memory.Released += limiter.LeaveMessages;
    }

    /// <inheritdoc/>
    public override WorkQueues Queue => WorkQueues.Webhooks;

    /// <summary>Claims up to one batch and starts its requests.</summary>
    /// <returns>The number of claims; their requests are in flight.</returns>
    public override async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        if (dispatcher.IsStopping) return 0;
        await SweepAsync(cancellation);
        mayHaveUnknownClaims = true;
        var (webhooks, messages) = limiter.ReleaseExcess();
        memory.Release(messages);
        await queue.ReleaseAsync(webhooks, cancellation);
        var claimed = await ClaimAsync(cancellation);
        mayHaveUnknownClaims = false;
        return claimed;
    }

    private async Task<int> ClaimAsync(CancellationToken cancellation)
    {
        for (var claims = 0; claims < MaxClaims && limiter.Capacity is > 0 and var capacity; claims++)
        {
            var first = nextEndpoint;
            var generation = limiter.Generation;
            var claim = await queue.ClaimAsync(first, limiter.ReadQuotas(), capacity, cancellation);
            nextEndpoint = claim.NextEndpoint;
            foreach (var endpoint in claim.Endpoints) limiter.Add(endpoint, generation);
            foreach (var orphan in claim.Orphans) await dispatcher.DropAsync(orphan, cancellation);
            dispatcher.StartNext();
            var hasReadAll = first == "" && nextEndpoint == "" && claim.Endpoints.All(endpoint => endpoint.Cursor == 0);
            var count = claim.Count + claim.PutAside;
            if (count > 0 || hasReadAll) return count;
        }

        return 0;
    }

    /// <summary>
    /// Releases claims that this process does not know, after a failure and from time to time: if the connection
    /// breaks, the database may commit a claim some time after the failure.
    /// </summary>
    private async Task SweepAsync(CancellationToken cancellation)
    {
        if (!mayHaveUnknownClaims && Stopwatch.GetElapsedTime(lastSweep) < untilSweep) return;
        untilSweep = mayHaveUnknownClaims ? SweepAfterFailure : SweepInterval;
        await queue.ReleaseUnknownAsync(() => limiter.Claims, cancellation);
        lastSweep = Stopwatch.GetTimestamp();
    }
}
