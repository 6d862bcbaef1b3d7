using System.Diagnostics.CodeAnalysis;
using MessagingServices.Server.Engine;
using MessagingServices.Server.OutgoingHttp;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// A bulkhead for each endpoint: decides which webhook may be sent now, how many more may be claimed for which
/// endpoint, and which new status callbacks this server delivers from memory. It does no I/O and is thread-safe.
/// </summary>
internal sealed class EndpointLimiter(WebhookOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly EndpointTable endpoints = new(options, time);
    private readonly ClaimTracker claims = new();
    private readonly MessageChains chains = new();
    private int generation;
    private bool isStopping;

    /// <summary>A webhook of a chain may start now: call <see cref="TryStart"/>.</summary>
    public event Action? OwnedAdded;

    /// <summary>
    /// How many more webhooks may be claimed: this process holds four for each request that it may send.
    /// </summary>
    public int Capacity
    {
        get { lock (gate) return endpoints.Capacity; }
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
            endpoints.DetectFailing();
            return endpoints.ReadQuotas();
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

            var state = endpoints[claim.Endpoint];
            state.HasMore = claim.LimitReached;
            state.Cursor = claim.Cursor;
            foreach (var webhook in claim.Webhooks)
            {
                endpoints.Add(webhook);
                claims.Add(webhook);
            }
        }
    }

    /// <summary>
    /// Adds a new status callback to the chain of its message, before its commit. Call <see cref="StartOwned"/> or
    /// <see cref="AbandonOwned"/> afterwards.
    /// </summary>
    /// <param name="added">The callback.</param>
    /// <param name="authToken">The Auth Token of its account.</param>
    /// <returns>
    /// Null if an earlier callback of the message is not in memory, if memory is full, or if the endpoint fails. Then
    /// the webhook waits for a claim.
    /// </returns>
    public ClaimedWebhook? TryOwn(NewCallback added, string authToken)
    {
        var (webhook, callback) = added;
        var endpoint = Webhook.EndpointOf(webhook.Url);
        lock (gate)
        {
            if (isStopping) return null;
            var state = endpoints[endpoint];
            var chain = callback.Number == 1 && endpoints.HasRoom(state)
                ? chains.Begin(webhook.MessageSid)
                : chains.Find(webhook.MessageSid);
            if (chain is null || !chain.Continues(callback))
            {
                // Another server has an earlier callback: those that follow wait for it in the database.
                chains.Close(webhook.MessageSid);
                state.HasMore = true;
                return null;
            }

            ClaimedWebhook claim = new(webhook, endpoint, authToken) { Chain = chain };
            chain.Add(claim, callback.IsLast);
            claims.Add(claim);
            endpoints.Owned++;
            return claim;
        }
    }

    /// <summary>The server stops: other servers shall deliver new callbacks.</summary>
    public void StopOwning()
    {
        lock (gate) isStopping = true;
    }

    /// <summary>Starts webhooks from <see cref="TryOwn"/>: they are committed.</summary>
    /// <returns>False if a chain was broken meanwhile. Then <see cref="ReleaseExcess"/> returns its webhooks.</returns>
    public bool StartOwned(IEnumerable<ClaimedWebhook> committed)
    {
        var allStarted = true;
        lock (gate)
        {
            foreach (var claim in committed)
            {
                var chain = claim.Chain!;
                chain.Commit(claim);
                if (chain.IsBroken) ReleaseOwned([claim]);
                else TakeNext(chain);
                allStarted &= !chain.IsBroken;
            }
        }

        OwnedAdded?.Invoke();
        return allStarted;
    }

    /// <summary>
    /// Forgets webhooks from <see cref="TryOwn"/>. Their messages get no more callbacks from memory, and those that
    /// wait behind them are released.
    /// </summary>
    public void AbandonOwned(IReadOnlyCollection<ClaimedWebhook> failed)
    {
        lock (gate)
        {
            foreach (var claim in failed) claim.Chain!.Remove(claim);
            endpoints.Owned -= failed.Count;
            claims.Remove(failed);
            foreach (var claim in failed) Break(claim);
        }
    }

    /// <summary>Lets the message's next callback start. Call it when the result of this one is to be stored.</summary>
    public void Continue(ClaimedWebhook ended)
    {
        if (ended.Chain is not { } chain) return;
        lock (gate)
        {
            chain.End();
            TakeNext(chain);
            chains.RemoveIfDone(ended.Webhook.MessageSid, chain);
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
            return endpoints.TryStart(started, out next);
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
        lock (gate) return endpoints.End(webhook, started, hasResponded);
    }

    /// <summary>Removes claims that have ended: their webhooks are stored, or claimed by another server.</summary>
    /// <returns>Whether the database may have more webhooks that can be claimed now.</returns>
    public bool Remove(IReadOnlyCollection<ClaimedWebhook> ended)
    {
        lock (gate)
        {
            claims.Remove(ended);
            return ended.Any(claim => claim.Chain is null or { IsClosed: true } || endpoints[claim.Endpoint].HasMore);
        }
    }

    /// <summary>Releases a claim: the next <see cref="ReleaseExcess"/> returns its webhook.</summary>
    public void Release(ClaimedWebhook claim)
    {
        lock (gate)
        {
            claims.Release([claim]);
            Break(claim);
        }
    }

    /// <summary>Forgets a claim that could not be delivered. The stage's sweep releases it in the database.</summary>
    public void Forget(ClaimedWebhook claim)
    {
        lock (gate)
        {
            claims.Remove([claim]);
            Break(claim);
        }
    }

    /// <summary>
    /// Releases all claims that wait, and those of a claim that runs at this moment. Requests in flight continue.
    /// </summary>
    public void ReleaseWaiting()
    {
        lock (gate)
        {
            generation++;
            claims.Release(endpoints.RemoveWaiting());
            ReleaseOwned(chains.BreakAll());
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
            endpoints.DetectFailing();
            var excess = endpoints.RemoveExcess();
            claims.Release(excess);
            foreach (var claim in excess) Break(claim);
            return claims.DrainReleased();
        }
    }

    private void TakeNext(MessageChain chain)
    {
        if (chain.TryTake(out var next)) endpoints.Add(next);
    }

    // The next callbacks of its message must not pass this one.
    private void Break(ClaimedWebhook claim)
    {
        if (claim.Chain is null) return;
        ReleaseOwned(claim.Chain.Break());
        chains.Close(claim.Webhook.MessageSid);
    }

    private void ReleaseOwned(IReadOnlyCollection<ClaimedWebhook> released)
    {
        endpoints.Owned -= released.Count;
        claims.Release(released);
    }
}
