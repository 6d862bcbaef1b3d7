using System.Diagnostics.CodeAnalysis;
using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// A bulkhead for each endpoint: decides which claimed webhook may be sent now, and how many more may be claimed for
/// which endpoint. It does no I/O and is thread-safe.
/// </summary>
/// <remarks>
/// Of <see cref="WebhookOptions.MaxConcurrency"/> requests, slow and failing endpoints use at most half. Until an
/// endpoint responds, an unknown one gets one request and a failing one four. A healthy one gets
/// <see cref="WebhookOptions.MaxConcurrencyPerEndpoint"/>, but more than four only while a quarter of all requests is
/// free. So any number of endpoints that fail at the same time leave capacity for others.
/// </remarks>
internal sealed class EndpointLimiter(WebhookOptions options, TimeProvider time)
{
    private const int MaxIdleEndpoints = 1024;
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, EndpointState> endpoints = new(StringComparer.Ordinal);
    private readonly Queue<EndpointState> withWaiting = new();
    private readonly ClaimTracker claims = new();
    private readonly int max = options.MaxConcurrency;
    private readonly int fullShare = options.MaxConcurrencyPerEndpoint;
    private readonly int reducedShare = Math.Min(4, options.MaxConcurrencyPerEndpoint);
    private int inFlight;
    private int longInFlight;
    private int waiting;
    private int generation;

    /// <summary>
    /// How many more webhooks may be claimed: this process holds four for each request that it may send.
    /// </summary>
    public int Capacity
    {
        get { lock (gate) return Math.Max(0, (4 * max) - inFlight - waiting); }
    }

    /// <summary>The webhooks that this process has claimed and not stored yet.</summary>
    public IReadOnlyList<Sid> Claims
    {
        get { lock (gate) return [.. claims.Webhooks]; }
    }

    /// <summary>Increases when all waiting claims are released. Read it before a claim begins.</summary>
    public int Generation
    {
        get { lock (gate) return generation; }
    }

    /// <summary>How many more webhooks may be claimed for each known endpoint; 1 for every other.</summary>
    public IReadOnlyList<ClaimQuota> ReadQuotas()
    {
        lock (gate)
        {
            DetectFailing();
            return [.. endpoints.Values.Select(state => new ClaimQuota(state.Endpoint, QuotaOf(state), state.Cursor))];
        }
    }

    /// <summary>
    /// Adds claimed webhooks to those that wait. Releases them if all waiting claims were released since the claim
    /// began.
    /// </summary>
    /// <param name="claim">The claim, with loaded webhooks.</param>
    /// <param name="began">The <see cref="Generation"/> in which the claim began.</param>
    public void Add(EndpointClaim claim, int began)
    {
        lock (gate)
        {
            if (began != generation)
            {
                claims.Release(claim.Webhooks);
                return;
            }

            var state = StateOf(claim.Endpoint);
            state.HasMore = claim.LimitReached;
            state.Cursor = claim.Cursor;
            if (state.Waiting.Count == 0 && claim.Webhooks.Count > 0) withWaiting.Enqueue(state);
            foreach (var webhook in claim.Webhooks)
            {
                state.Waiting.Enqueue(webhook);
                claims.Add(webhook);
                waiting++;
            }
        }
    }

    /// <summary>Takes the next webhook that may be sent, from the endpoints in rotation.</summary>
    /// <param name="next">The webhook.</param>
    /// <param name="started">The argument for <see cref="End"/>.</param>
    public bool TryStart([NotNullWhen(true)] out ClaimedWebhook? next, out long started)
    {
        lock (gate)
        {
            started = time.GetTimestamp();
            for (var unvisited = withWaiting.Count; unvisited > 0; unvisited--)
            {
                var state = withWaiting.Dequeue();
                if (!MayStart(state))
                {
                    withWaiting.Enqueue(state);
                    continue;
                }

                next = state.Waiting.Dequeue();
                if (state.Waiting.Count > 0) withWaiting.Enqueue(state);
                state.Start(started);
                waiting--;
                inFlight++;
                if (state.TakesLong) longInFlight++;
                return true;
            }

            next = null;
            return false;
        }
    }

    /// <summary>Ends a request.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="started">The start from <see cref="TryStart"/>.</param>
    /// <param name="hasResponded">
    /// Whether the endpoint sent a response, also one with an error; null if unknown.
    /// </param>
    /// <returns>Whether the endpoint needs more claims.</returns>
    public bool End(ClaimedWebhook webhook, long started, bool? hasResponded)
    {
        lock (gate)
        {
            var state = StateOf(webhook.Endpoint);
            state.End(started);
            inFlight--;
            if (state.TakesLong) longInFlight--;
            if (hasResponded is { } known) SetHealth(state, HealthOf(known, time.GetElapsedTime(started)));
            return state.HasMore && state.Waiting.Count <= fullShare;
        }
    }

    /// <summary>Removes claims that have ended: their webhooks are stored, or claimed by another server.</summary>
    public void Remove(IEnumerable<ClaimedWebhook> ended)
    {
        lock (gate) claims.Remove(ended);
    }

    /// <summary>Releases a claim: the next <see cref="ReleaseExcess"/> returns its webhook.</summary>
    public void Release(ClaimedWebhook claim)
    {
        lock (gate) claims.Release([claim]);
    }

    /// <summary>
    /// Releases all claims that wait, and those of a claim that runs at this moment. Requests in flight continue.
    /// </summary>
    public void ReleaseWaiting()
    {
        lock (gate)
        {
            generation++;
            waiting = 0;
            withWaiting.Clear();
            foreach (var state in endpoints.Values)
            {
                claims.Release(state.Waiting);
                state.Waiting.Clear();
                state.Cursor = 0;
            }
        }
    }

    /// <summary>
    /// Releases waiting claims of endpoints that have begun to fail, so that webhooks of others are claimed instead.
    /// </summary>
    /// <returns>The webhooks to release in the database: these, and those released before.</returns>
    public IReadOnlyList<Sid> ReleaseExcess()
    {
        lock (gate)
        {
            DetectFailing();
            foreach (var state in endpoints.Values)
            {
                if (state.Health != EndpointHealth.Failing || state.Waiting.Count <= reducedShare) continue;
                // The oldest stay.
                var kept = state.Waiting.Take(reducedShare).ToList();
                claims.Release(state.Waiting.Skip(reducedShare));
                waiting -= state.Waiting.Count - kept.Count;
                state.Waiting.Clear();
                kept.ForEach(state.Waiting.Enqueue);
            }

            return claims.DrainReleased();
        }
    }

    private bool MayStart(EndpointState state)
    {
        var free = max - inFlight;
        if (free <= 0) return false;
        var hasReserve = free > max / 4;
        return state.Health switch
        {
            EndpointHealth.Unknown => state.InFlight < 1 && free > max / 8,
            EndpointHealth.Healthy => state.InFlight < reducedShare
                || (state.InFlight < fullShare && hasReserve && inFlight - longInFlight < Share(2)),
            EndpointHealth.Slow => longInFlight < Share(2) && (state.InFlight < reducedShare
                || (state.InFlight < fullShare && hasReserve && longInFlight < Share(4))),
            EndpointHealth.Failing => longInFlight < Share(2) && state.InFlight < reducedShare,
        };
    }

    private int QuotaOf(EndpointState state)
    {
        var hasReserve = inFlight + waiting < 2 * max;
        var quota = state.Health switch
        {
            EndpointHealth.Unknown => 1,
            // Many at a time: each claim costs a round trip, independent of its size.
            EndpointHealth.Healthy when hasReserve => state.Waiting.Count <= fullShare ? 8 * fullShare : 0,
            EndpointHealth.Slow when hasReserve => fullShare,
            EndpointHealth.Healthy or EndpointHealth.Slow or EndpointHealth.Failing => reducedShare,
        };
        return Math.Max(0, quota - state.Claimed);
    }

    private int Share(int parts) => Math.Max(1, max / parts);

    private static EndpointHealth HealthOf(bool hasResponded, TimeSpan took) =>
        !hasResponded ? EndpointHealth.Failing
        : took <= SlowAfter ? EndpointHealth.Healthy
        : EndpointHealth.Slow;

    private void SetHealth(EndpointState state, EndpointHealth health)
    {
        if (state.TakesLong) longInFlight -= state.InFlight;
        state.Health = health;
        if (state.TakesLong) longInFlight += state.InFlight;
    }

    /// <summary>An endpoint that sends no response is detected after a second, long before its timeouts.</summary>
    private void DetectFailing()
    {
        foreach (var state in endpoints.Values)
        {
            if (!state.TakesLong && state.OldestStart is { } oldest && time.GetElapsedTime(oldest) > SlowAfter)
                SetHealth(state, EndpointHealth.Failing);
        }

        if (endpoints.Count <= MaxIdleEndpoints) return;
        foreach (var idle in endpoints.Values.Where(state => state.Claimed == 0).ToList())
            endpoints.Remove(idle.Endpoint);
    }

    private EndpointState StateOf(string endpoint)
    {
        if (!endpoints.TryGetValue(endpoint, out var state)) endpoints[endpoint] = state = new(endpoint);
        return state;
    }
}
