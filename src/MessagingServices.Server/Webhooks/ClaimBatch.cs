using MessagingServices.Server.Data.Queues;

namespace MessagingServices.Server.Webhooks;

/// <summary>The result of one claim.</summary>
/// <param name="Endpoints">Every endpoint that the claim read.</param>
/// <param name="NextEndpoint">The endpoint after which the next claim starts; empty if the claim read all.</param>
internal sealed record ClaimBatch(IReadOnlyList<EndpointClaim> Endpoints, string NextEndpoint)
{
    /// <summary>The number of claimed webhooks.</summary>
    public int Count => Endpoints.Sum(endpoint => endpoint.Sids.Count);

    /// <summary>The number of webhooks that the rules have put aside or dropped: they are no longer claimed.</summary>
    public int PutAside { get; init; }

    /// <summary>Claimed webhooks that cannot be sent, because they or their account were removed.</summary>
    public IEnumerable<Sid> Orphans =>
        from endpoint in Endpoints
        from sid in endpoint.Sids.Except(endpoint.Webhooks.Select(claim => claim.Webhook.Sid))
        select sid;
}

/// <summary>The result of one claim for one endpoint.</summary>
/// <param name="Endpoint">Scheme, host and port.</param>
/// <param name="Sids">The claimed webhooks, oldest first.</param>
/// <param name="LimitReached">Whether the claim took as many as it was allowed to: there are probably more.</param>
/// <param name="Cursor">
/// The ordinal after which the next claim reads. All webhooks before it wait for older ones. 0 for the start.
/// </param>
internal sealed record EndpointClaim(string Endpoint, IReadOnlyList<Sid> Sids, bool LimitReached, long Cursor)
{
    /// <summary>The same webhooks, loaded, without the orphans.</summary>
    public IReadOnlyList<ClaimedWebhook> Webhooks { get; init; } = [];

    /// <summary>What the rules have decided on the webhooks; in the same order.</summary>
    public IReadOnlyList<ClaimedStep> Steps { get; init; } = [];

    /// <summary>The claim without webhooks that are no longer claimed.</summary>
    public EndpointClaim Without(IReadOnlySet<Sid> released) => this with
    {
        Sids = [.. Sids.Where(sid => !released.Contains(sid))],
        Webhooks = [.. Webhooks.Where(webhook => !released.Contains(webhook.Webhook.Sid))],
    };
}

/// <summary>
/// A claim of this process on a webhook. A repeated webhook is claimed again, maybe before its first claim has ended;
/// so claims are compared by identity.
/// </summary>
internal sealed class ClaimedWebhook(Webhook webhook, string endpoint, string authToken)
{
    public Webhook Webhook => webhook;

    /// <summary>Scheme, host and port; see <see cref="Domain.Webhooks.Webhook.EndpointOf"/>.</summary>
    public string Endpoint => endpoint;

    /// <summary>The Auth Token that signs the requests.</summary>
    public string AuthToken => authToken;

    /// <summary>What the rules have decided; null if they have not been asked.</summary>
    public WebhookStep? Step { get; set; }

    /// <summary>What a rule does with the webhook; null if none applies.</summary>
    public WebhookFault? Fault { get; set; } = webhook.Fault;

    /// <summary>Whether earlier webhooks of its message wait for its end.</summary>
    public bool HoldsOthers { get; init; }

    /// <summary>Whether its request is made again when it is acknowledged.</summary>
    public bool IsToBeRepeated => Fault is { Duplicate: true }
        && Step is WebhookStep.Decided or WebhookStep.Delayed or WebhookStep.Held;

    /// <summary>The chain of its message, if this server delivers it from memory; null for a claim by query.</summary>
    public MessageChain? Chain { get; init; }

    /// <summary>Ends its requests, like a crash: the webhook stays in the queue, if it is still there.</summary>
    public CancellationTokenSource Cancellation { get; } = new();
}

/// <summary>What the queue says of a claimed webhook.</summary>
/// <param name="Step">What the rules have decided; null if they have not been asked.</param>
/// <param name="HoldsOthers">Whether earlier webhooks of its message wait for its end.</param>
internal sealed record ClaimedStep(WebhookStep? Step, bool HoldsOthers);

/// <summary>The number of webhooks that a claim may take for one endpoint.</summary>
/// <param name="Endpoint">Scheme, host and port.</param>
/// <param name="Max">The max number; 0 for none now.</param>
/// <param name="Cursor">Only webhooks with a greater ordinal.</param>
internal sealed record ClaimQuota(string Endpoint, int Max, long Cursor);
