using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Webhooks;

/// <summary>Takes new status callbacks for this server, if it runs <see cref="DeliverWebhooks"/>.</summary>
internal sealed class WebhookOwner(
    NodeId node, EndpointLimiter limiter, AccountCache accounts, PipelineOptions options, PipelineSignals signals)
    : IWebhookOwner
{
    private readonly bool runsHere = options.Runs(nameof(DeliverWebhooks));

    /// <inheritdoc/>
    public async ValueTask<IWebhookClaim?> ClaimAsync(
        IReadOnlyList<NewCallback> callbacks, CancellationToken cancellation)
    {
        if (!runsHere || callbacks.Count == 0) return null;
        // All tokens first: nothing is claimed if a read of them fails.
        Dictionary<Sid, string?> tokens = [];
        foreach (var account in callbacks.Select(callback => callback.Webhook.AccountSid).Distinct())
            tokens.Add(account, (await accounts.FindAsync(account, cancellation))?.AuthToken);
        List<ClaimedWebhook> claimed = new(callbacks.Count);
        foreach (var callback in callbacks)
        {
            if (tokens[callback.Webhook.AccountSid] is { } token && limiter.TryOwn(callback, token) is { } claim)
                claimed.Add(claim);
        }

        return claimed.Count == 0 ? null : new Claim(node, claimed, limiter, signals);
    }

    private sealed class Claim(
        NodeId node, IReadOnlyCollection<ClaimedWebhook> claimed, EndpointLimiter limiter, PipelineSignals signals)
        : IWebhookClaim
    {
        public NodeId Node => node;

        public IReadOnlySet<Sid> Webhooks { get; } = claimed.Select(claim => claim.Webhook.Sid).ToHashSet();

        public void Start()
        {
            // The stage releases the others in the database.
            if (!limiter.StartOwned(claimed)) signals.Wake(WorkQueues.Webhooks);
        }

        public void Abandon()
        {
            limiter.AbandonOwned(claimed);
            signals.Wake(WorkQueues.Webhooks);
        }
    }
}
