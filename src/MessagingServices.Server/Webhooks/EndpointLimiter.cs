using System.Diagnostics.CodeAnalysis;
using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Which claimed webhook may be posted now, and how many more may be claimed for which endpoint. Bookkeeping only; may be called from any
/// thread.
/// </summary>
/// <remarks>
/// Of <see cref="WebhookOptions.MaxConcurrency"/> requests, those to slow endpoints take at most half. An endpoint of which nothing is known
/// gets one, a failing one four, until it answers. A prompt one gets <see cref="WebhookOptions.MaxConcurrencyPerEndpoint"/>, but more than
/// four only while there is plenty of room: so endpoints that die all at once, however many, leave room for others.
/// </remarks>
internal sealed class EndpointLimiter(WebhookOptions options, TimeProvider time)
{
    private const int MaxIdleLanes = 1024;
    private static readonly TimeSpan Promptness = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, EndpointState> lanes = new(StringComparer.Ordinal);
    private readonly Queue<EndpointState> withWaiting = new();
    private readonly ClaimTracker claims = new();
    private readonly int total = options.MaxConcurrency;
    private readonly int wide = options.MaxConcurrencyPerEndpoint;
    private readonly int narrow = Math.Min(4, options.MaxConcurrencyPerEndpoint);
    private int underWay;
    private int slowUnderWay;
    private int waiting;
    private int era;

    /// <summary>How many more may be claimed in all: four times as many are held as may be under way.</summary>
    public int Room
    {
        get { lock (gate) return Math.Max(0, (4 * total) - underWay - waiting); }
    }

    /// <summary>The webhooks that this process has claimed and not yet recorded.</summary>
    public IReadOnlyList<Sid> Held
    {
        get { lock (gate) return [.. claims.Webhooks]; }
    }

    /// <summary>Grows when everything that waits is dropped; read before a claim is begun.</summary>
    public int Era
    {
        get { lock (gate) return era; }
    }

    /// <summary>How many more may be claimed for each endpoint of which something is known; 1 for every other.</summary>
    public IReadOnlyList<ClaimQuota> Quotas()
    {
        lock (gate)
        {
            Review();
            return [.. lanes.Values.Select(lane => new ClaimQuota(lane.Endpoint, QuotaOf(lane), lane.LookAfter))];
        }
    }

    /// <summary>
    /// Webhooks were claimed for an endpoint; they wait for their turn from now on, or are given up if all was dropped since the claim began.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="claimed">The webhooks in their order; none when all that was looked at waits for older ones.</param>
    /// <param name="filled">Whether the claim took all that it was allowed to.</param>
    /// <param name="lookAfter">Where the next look begins; 0 for the beginning.</param>
    /// <param name="began">The <see cref="Era"/> in which the claim began.</param>
    public void Add(string endpoint, IReadOnlyList<ClaimedWebhook> claimed, bool filled, long lookAfter, int began)
    {
        lock (gate)
        {
            if (began != era)
            {
                claims.GiveUp(claimed);
                return;
            }

            var lane = LaneOf(endpoint);
            lane.HasMore = filled;
            lane.LookAfter = lookAfter;
            if (lane.Waiting.Count == 0 && claimed.Count > 0) withWaiting.Enqueue(lane);
            foreach (var webhook in claimed)
            {
                lane.Waiting.Enqueue(webhook);
                claims.Add(webhook);
                waiting++;
            }
        }
    }

    /// <summary>Takes the next webhook whose turn it is; the endpoints take turns.</summary>
    /// <param name="next">The webhook.</param>
    /// <param name="started">To be given back to <see cref="End"/>.</param>
    public bool TryStart([NotNullWhen(true)] out ClaimedWebhook? next, out long started)
    {
        lock (gate)
        {
            started = time.GetTimestamp();
            for (var looked = withWaiting.Count; looked > 0; looked--)
            {
                var lane = withWaiting.Dequeue();
                if (!MayStart(lane))
                {
                    withWaiting.Enqueue(lane);
                    continue;
                }

                next = lane.Waiting.Dequeue();
                if (lane.Waiting.Count > 0) withWaiting.Enqueue(lane);
                lane.Start(started);
                waiting--;
                underWay++;
                if (lane.IsSlow) slowUnderWay++;
                return true;
            }

            next = null;
            return false;
        }
    }

    /// <summary>A request ended.</summary>
    /// <param name="webhook">What was posted.</param>
    /// <param name="started">From <see cref="TryStart"/>.</param>
    /// <param name="answered">Whether the endpoint answered, be it with a refusal; null when that is not known.</param>
    /// <returns>Whether it is time to claim more.</returns>
    public bool End(ClaimedWebhook webhook, long started, bool? answered)
    {
        lock (gate)
        {
            var lane = LaneOf(webhook.Endpoint);
            lane.End(started);
            underWay--;
            if (lane.IsSlow) slowUnderWay--;
            if (answered is { } wasAnswered) Repace(lane, PaceOf(wasAnswered, time.GetElapsedTime(started)));
            return lane.HasMore && lane.Waiting.Count <= wide;
        }
    }

    /// <summary>The claims are ended: their webhooks are recorded, or are somebody else's now.</summary>
    public void Forget(IEnumerable<ClaimedWebhook> ended)
    {
        lock (gate) claims.Forget(ended);
    }

    /// <summary>The claim is given up: <see cref="TakeSurplus"/> tells that it is to be freed.</summary>
    public void GiveUp(ClaimedWebhook claim)
    {
        lock (gate) claims.GiveUp([claim]);
    }

    /// <summary>Gives up all that waits, and all that is being claimed at the moment. What is under way goes on.</summary>
    public void DropWaiting()
    {
        lock (gate)
        {
            era++;
            waiting = 0;
            withWaiting.Clear();
            foreach (var lane in lanes.Values)
            {
                claims.GiveUp(lane.Waiting);
                lane.Waiting.Clear();
                lane.LookAfter = 0;
            }
        }
    }

    /// <summary>
    /// Takes out what waits for endpoints that have begun to fail, so that others may be claimed in its place. Tells which claims are to be
    /// freed: those, and the ones given up before.
    /// </summary>
    public IReadOnlyList<Sid> TakeSurplus()
    {
        lock (gate)
        {
            Review();
            foreach (var lane in lanes.Values.Where(lane => lane.Pace == EndpointHealth.Failing && lane.Waiting.Count > narrow))
            {
                // The oldest stay.
                var kept = lane.Waiting.Take(narrow).ToList();
                claims.GiveUp(lane.Waiting.Skip(narrow));
                waiting -= lane.Waiting.Count - kept.Count;
                lane.Waiting.Clear();
                kept.ForEach(lane.Waiting.Enqueue);
            }

            return claims.TakeGivenUp();
        }
    }

    private bool MayStart(EndpointState lane)
    {
        var free = total - underWay;
        if (free <= 0) return false;
        var plenty = free > total / 4;
        return lane.Pace switch
        {
            EndpointHealth.Untried => lane.UnderWay < 1 && free > total / 8,
            EndpointHealth.Prompt => lane.UnderWay < narrow || (lane.UnderWay < wide && plenty && underWay - slowUnderWay < Share(2)),
            EndpointHealth.Late => slowUnderWay < Share(2)
                && (lane.UnderWay < narrow || (lane.UnderWay < wide && plenty && slowUnderWay < Share(4))),
            EndpointHealth.Failing => slowUnderWay < Share(2) && lane.UnderWay < narrow,
        };
    }

    private int QuotaOf(EndpointState lane)
    {
        var roomy = underWay + waiting < 2 * total;
        var most = lane.Pace switch
        {
            EndpointHealth.Untried => 1,
            // Many at a time: one claim costs a round trip, however many it takes.
            EndpointHealth.Prompt when roomy => lane.Waiting.Count <= wide ? 8 * wide : 0,
            EndpointHealth.Late when roomy => wide,
            EndpointHealth.Prompt or EndpointHealth.Late or EndpointHealth.Failing => narrow,
        };
        return Math.Max(0, most - lane.Claimed);
    }

    private int Share(int parts) => Math.Max(1, total / parts);

    private static EndpointHealth PaceOf(bool answered, TimeSpan took) =>
        !answered ? EndpointHealth.Failing : took <= Promptness ? EndpointHealth.Prompt : EndpointHealth.Late;

    private void Repace(EndpointState lane, EndpointHealth pace)
    {
        if (lane.IsSlow) slowUnderWay -= lane.UnderWay;
        lane.Pace = pace;
        if (lane.IsSlow) slowUnderWay += lane.UnderWay;
    }

    /// <summary>Endpoints that hang are known by their silence, long before their time-outs.</summary>
    private void Review()
    {
        foreach (var lane in lanes.Values)
        {
            if (!lane.IsSlow && lane.OldestStart is { } oldest && time.GetElapsedTime(oldest) > Promptness) Repace(lane, EndpointHealth.Failing);
        }

        if (lanes.Count <= MaxIdleLanes) return;
        foreach (var idle in lanes.Values.Where(lane => lane.Claimed == 0).ToList()) lanes.Remove(idle.Endpoint);
    }

    private EndpointState LaneOf(string endpoint)
    {
        if (!lanes.TryGetValue(endpoint, out var lane)) lanes[endpoint] = lane = new(endpoint);
        return lane;
    }
}
