using System.Diagnostics.CodeAnalysis;
using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// The endpoints with the webhooks that wait for them, and how many requests each may have. Not thread-safe; see
/// <see cref="EndpointLimiter"/>.
/// </summary>
/// <remarks>
/// Of <see cref="WebhookOptions.MaxConcurrency"/> requests, slow and failing endpoints share one half: each gets its
/// part of it, at least four and at most <see cref="WebhookOptions.MaxConcurrencyPerEndpoint"/>. So a single endpoint
/// that never responds still gets through its callbacks. Until it responds, an unknown endpoint gets one request. A
/// healthy one gets <see cref="WebhookOptions.MaxConcurrencyPerEndpoint"/>, but more than four only while a quarter of
/// all requests is free. So any number of endpoints that fail at the same time leave capacity for others.
/// </remarks>
internal sealed class EndpointTable(WebhookOptions options, TimeProvider time)
{
    private const int MaxIdleEndpoints = 1024;
    private const int MaxOwned = 20_000;

    /// <summary>
    /// Below this, failing endpoints keep what they have: one slow response of a busy second would otherwise release
    /// and claim thousands of rows.
    /// </summary>
    private const int ManyOwned = MaxOwned / 2;

    private const int MaxOwnedOfUnknown = 200;
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, EndpointState> endpoints = new(StringComparer.Ordinal);
    private readonly Queue<EndpointState> withWaiting = new();
    private readonly int max = options.MaxConcurrency;
    private readonly int fullShare = options.MaxConcurrencyPerEndpoint;
    private readonly int reducedShare = Math.Min(4, options.MaxConcurrencyPerEndpoint);
    private int inFlight;
    private int longInFlight;
    private int longShare = options.MaxConcurrencyPerEndpoint;
    private int waiting;

    /// <summary>How many more webhooks may be claimed.</summary>
    public int Capacity => Math.Max(0, (4 * max) - inFlight - waiting);

    /// <summary>The number of webhooks in chains, those that wait for their turn included.</summary>
    public int Owned { get; set; }

    public EndpointState this[string endpoint]
    {
        get
        {
            if (!endpoints.TryGetValue(endpoint, out var state)) endpoints[endpoint] = state = new(endpoint);
            return state;
        }
    }

    /// <summary>How many more webhooks may be claimed for each known endpoint.</summary>
    public IReadOnlyList<ClaimQuota> ReadQuotas() =>
        [.. endpoints.Values.Select(state => new ClaimQuota(state.Endpoint, QuotaOf(state), state.Cursor))];

    /// <summary>Adds a webhook to those that wait for their turn.</summary>
    public void Add(ClaimedWebhook webhook)
    {
        var state = this[webhook.Endpoint];
        if (!state.HasWaiting) withWaiting.Enqueue(state);
        if (webhook.Chain is null) waiting++;
        (webhook.Chain is null ? state.Waiting : state.Owned).Enqueue(webhook);
    }

    /// <summary>Takes the next webhook that may be sent, from the endpoints in rotation.</summary>
    public bool TryStart(long now, [NotNullWhen(true)] out ClaimedWebhook? next)
    {
        for (var unvisited = withWaiting.Count; unvisited > 0; unvisited--)
        {
            var state = withWaiting.Dequeue();
            if (!MayStart(state))
            {
                withWaiting.Enqueue(state);
                continue;
            }

            next = state.TakeNext();
            if (state.HasWaiting) withWaiting.Enqueue(state);
            state.Start(next, now);
            if (next.Chain is null) waiting--;
            else Owned--;
            inFlight++;
            if (state.TakesLong) longInFlight++;
            return true;
        }

        next = null;
        return false;
    }

    /// <summary>Ends a request.</summary>
    /// <returns>Whether the endpoint needs more claims.</returns>
    public bool End(ClaimedWebhook webhook, long started, bool? hasResponded)
    {
        var state = this[webhook.Endpoint];
        state.End(webhook, started);
        inFlight--;
        if (state.TakesLong) longInFlight--;
        if (hasResponded is { } known) SetHealth(state, HealthOf(known, time.GetElapsedTime(started)));
        return state.HasMore && state.Waiting.Count <= fullShare;
    }

    /// <summary>Whether this server may deliver another message's callbacks from memory.</summary>
    public bool HasRoom(EndpointState state) => Owned < MaxOwned && state.Health switch
    {
        EndpointHealth.Unknown => state.Owned.Count < MaxOwnedOfUnknown,
        EndpointHealth.Healthy or EndpointHealth.Slow => true,
        EndpointHealth.Failing => false,
    };

    /// <summary>Removes webhooks that wait for their turn.</summary>
    public IReadOnlyList<ClaimedWebhook> RemoveWaiting(Predicate<ClaimedWebhook> which)
    {
        List<ClaimedWebhook> removed = [];
        withWaiting.Clear();
        foreach (var state in endpoints.Values)
        {
            var claimed = state.Waiting.Remove(which);
            var owned = state.Owned.Remove(which);
            waiting -= claimed.Count;
            Owned -= owned.Count;
            state.Cursor = 0;
            removed.AddRange([.. claimed, .. owned]);
            if (state.HasWaiting) withWaiting.Enqueue(state);
        }

        return removed;
    }

    /// <summary>
    /// Removes the webhooks that failing endpoints have too many of; those of chains only if memory fills. The oldest
    /// stay.
    /// </summary>
    public IReadOnlyList<ClaimedWebhook> RemoveExcess()
    {
        List<ClaimedWebhook> removed = [];
        foreach (var state in endpoints.Values.Where(state => state.Health == EndpointHealth.Failing))
        {
            var claimed = state.Waiting.Count;
            var owned = state.Owned.Count;
            removed.AddRange(state.Waiting.KeepFirst(longShare));
            if (Owned > ManyOwned) removed.AddRange(state.Owned.KeepFirst(longShare));
            waiting -= claimed - state.Waiting.Count;
            Owned -= owned - state.Owned.Count;
            // The removed ones wait for a claim now.
            if (owned > state.Owned.Count) state.HasMore = true;
        }

        return removed;
    }

    /// <summary>An endpoint that sends no response is detected after a second, long before its timeouts.</summary>
    public void DetectFailing()
    {
        foreach (var state in endpoints.Values)
        {
            if (!state.TakesLong && state.OldestStart is { } oldest && time.GetElapsedTime(oldest) > SlowAfter)
                SetHealth(state, EndpointHealth.Failing);
        }

        ShareAmongLong();
        if (endpoints.Count <= MaxIdleEndpoints) return;
        foreach (var idle in endpoints.Values.Where(state => state is { InFlight: 0, HasWaiting: false }).ToList())
            endpoints.Remove(idle.Endpoint);
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
            EndpointHealth.Slow or EndpointHealth.Failing => state.InFlight < longShare && longInFlight
                // The last of the half is for endpoints that have not got their four yet.
                < (state.InFlight < reducedShare ? Share(2) : Share(2) - (max / 64)),
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
            EndpointHealth.Healthy => reducedShare,
            EndpointHealth.Slow or EndpointHealth.Failing => longShare,
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
        var tookLong = state.TakesLong;
        if (tookLong) longInFlight -= state.InFlight;
        state.Health = health;
        if (state.TakesLong) longInFlight += state.InFlight;
        if (state.TakesLong != tookLong) ShareAmongLong();
    }

    // Endpoints with nothing to send need no part.
    private void ShareAmongLong()
    {
        var sharing = endpoints.Values.Count(
            state => state is { TakesLong: true } and ({ InFlight: > 0 } or { HasWaiting: true }));
        longShare = Math.Max(reducedShare, Math.Min(fullShare, Share(2) / Math.Max(1, sharing)));
    }
}
