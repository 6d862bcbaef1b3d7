namespace MessagingServices.Server.Webhooks;

/// <summary>The result of one claim.</summary>
/// <param name="Endpoints">Every endpoint that the claim read.</param>
/// <param name="NextEndpoint">The endpoint after which the next claim starts; empty if the claim read all.</param>
internal sealed record ClaimBatch(IReadOnlyList<EndpointClaim> Endpoints, string NextEndpoint)
{
    /// <summary>The number of claimed webhooks.</summary>
    public int Count => Endpoints.Sum(endpoint => endpoint.Sids.Count);

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

    /// <summary>The chain of its message, if this server delivers it from memory; null for a claim by query.</summary>
    public MessageChain? Chain { get; init; }
}

/// <summary>The number of webhooks that a claim may take for one endpoint.</summary>
/// <param name="Endpoint">Scheme, host and port.</param>
/// <param name="Max">The max number; 0 for none now.</param>
/// <param name="Cursor">Only webhooks with a greater ordinal.</param>
internal sealed record ClaimQuota(string Endpoint, int Max, long Cursor);
