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
    private readonly List<Sid> unwantedMessages = [];
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

    /// <summary>Increases when waiting claims are released. Read it before a claim begins.</summary>
    public int Generation
    {
        get { lock (gate) return claims.Generation; }
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
    /// Adds claimed webhooks to those that wait. Releases those that were released since the claim began.
    /// </summary>
    /// <param name="claim">The claim, with loaded webhooks.</param>
    /// <param name="began">The <see cref="Generation"/> in which the claim began.</param>
    public void Add(EndpointClaim claim, int began)
    {
        lock (gate)
        {
            if (claims.AreAllReleased(began))
            {
                claims.Release(claim.Webhooks);
                return;
            }

            var state = endpoints[claim.Endpoint];
            state.HasMore = claim.LimitReached;
            state.Cursor = claim.Cursor;
            claims.Release(claim.Webhooks.Where(webhook => claims.IsReleased(webhook, began)));
            foreach (var webhook in claim.Webhooks.Where(webhook => !claims.IsReleased(webhook, began)))
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
    /// <param name="hasRules">Whether the account has webhook rules: they decide on webhooks in the database.</param>
    /// <returns>
    /// Null if an earlier callback of the message is in the database, if memory is full, if the endpoint fails, or if
    /// the account has rules. Then the webhook is stored and waits for a claim.
    /// </returns>
    public ClaimedWebhook? TryOwn(NewCallback added, string authToken, bool hasRules = false)
    {
        var (webhook, callback) = added;
        var endpoint = Webhook.EndpointOf(webhook.Url);
        lock (gate)
        {
            var state = endpoints[endpoint];
            var isLeft = isStopping || hasRules;
            var chain = callback.Number == 1 && !isLeft && endpoints.HasRoom(state)
                ? chains.Begin(webhook.MessageSid)
                : chains.Find(webhook.MessageSid);
            // Behind one that is on its way, a callback stays in memory: in the database, another server could send it.
            if (isLeft && chain is { IsIdle: true }) chain = null;
            if (chain is null || !chain.Continues(callback))
            {
                // An earlier callback is in the database: those that follow wait for it there.
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

    /// <summary>Starts webhooks from <see cref="TryOwn"/>: their messages are committed.</summary>
    public void StartOwned(IEnumerable<ClaimedWebhook> committed)
    {
        lock (gate)
        {
            foreach (var claim in committed)
            {
                var chain = claim.Chain!;
                chain.Commit(claim);
                if (chain.IsBroken) RemoveOwned([claim]);
                else TakeNext(chain);
            }
        }

        OwnedAdded?.Invoke();
    }

    /// <summary>Forgets webhooks from <see cref="TryOwn"/>: their commit failed, or may have failed.</summary>
    public void AbandonOwned(IReadOnlyCollection<ClaimedWebhook> failed)
    {
        lock (gate)
        {
            foreach (var claim in failed) claim.Chain!.Remove(claim);
            RemoveOwned(failed);
        }
    }

    /// <summary>Messages are no longer in memory: callbacks that wait are left to others; requests continue.</summary>
    public void LeaveMessages(IEnumerable<Sid> messages)
    {
        lock (gate)
            foreach (var message in messages) RemoveOwned(chains.Break(message));
    }

    /// <summary>Whether callbacks of these messages are in memory whose endpoint does not hang.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="hangsAfter">An endpoint hangs when one of its requests has run for longer.</param>
    public bool HasCallbacks(IReadOnlySet<Sid> messages, TimeSpan hangsAfter)
    {
        lock (gate)
        {
            return claims.Claims.Any(claim => claim.Chain is not null && messages.Contains(claim.Webhook.MessageSid)
                && !(endpoints[claim.Endpoint].OldestStart is { } start && time.GetElapsedTime(start) > hangsAfter));
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
            if (claim.Chain is null) claims.Release([claim]);
            else RemoveWithMessage(claim);
        }
    }

    /// <summary>Forgets a claim that could not be delivered: a sweep releases it, or its message is released.</summary>
    public void Forget(ClaimedWebhook claim)
    {
        lock (gate)
        {
            if (claim.Chain is null) claims.Remove([claim]);
            else RemoveWithMessage(claim);
        }
    }

    /// <summary>
    /// The webhooks of an account: those in flight, and those that wait. A claim that runs at this moment is released.
    /// </summary>
    public IReadOnlyList<ClaimedWebhook> ClaimsOf(Sid account)
    {
        lock (gate) return claims.OfAccount(account);
    }

    /// <summary>Releases claims that wait. Requests in flight continue.</summary>
    /// <param name="which">Which claims; null for all, and those of a claim that runs at this moment.</param>
    public void ReleaseWaiting(IReadOnlySet<ClaimedWebhook>? which = null)
    {
        lock (gate)
        {
            if (which is null) claims.ReleaseRunning();
            var removed = endpoints.RemoveWaiting(claim => which?.Contains(claim) is not false);
            claims.Release(removed.Where(claim => claim.Chain is null));
            foreach (var claim in removed.Where(claim => claim.Chain is not null)) RemoveWithMessage(claim);
        }
    }

    /// <summary>Releases waiting claims of endpoints that have begun to fail, in favor of others.</summary>
    /// <returns>
    /// The webhooks to release in the database: these, and those released before. And the messages to release, because
    /// their callbacks fill the memory or cannot be delivered.
    /// </returns>
    public (IReadOnlyList<Sid> Webhooks, IReadOnlyList<Sid> Messages) ReleaseExcess()
    {
        lock (gate)
        {
            endpoints.DetectFailing();
            var excess = endpoints.RemoveExcess();
            var owned = excess.Where(claim => claim.Chain is not null).ToList();
            claims.Release(excess.Where(claim => claim.Chain is null));
            claims.Remove(owned);
            List<Sid> messages = [.. unwantedMessages, .. owned.Select(claim => claim.Webhook.MessageSid)];
            unwantedMessages.Clear();
            return (claims.DrainReleased(), messages);
        }
    }

    private void TakeNext(MessageChain chain)
    {
        if (chain.TryTake(out var next)) endpoints.Add(next);
    }

    // A message that is still in memory would wait for this callback forever.
    private void RemoveWithMessage(ClaimedWebhook claim)
    {
        claims.Remove([claim]);
        unwantedMessages.Add(claim.Webhook.MessageSid);
    }

    private void RemoveOwned(IReadOnlyCollection<ClaimedWebhook> removed)
    {
        endpoints.Owned -= removed.Count;
        claims.Remove(removed);
    }
}
