using MessagingServices.Server.Engine;

namespace MessagingServices.Server.Webhooks;

/// <summary>Takes new status callbacks for this server. Only a server that delivers webhooks gets any.</summary>
internal sealed class WebhookOwner(EndpointLimiter limiter, AccountCache accounts) : IWebhookOwner
{
    /// <inheritdoc/>
    public IReadOnlyCollection<Sid> Claimed => limiter.Claims;

    /// <inheritdoc/>
    public async ValueTask<IWebhookClaim?> ClaimAsync(
        IReadOnlyList<NewCallback> callbacks, CancellationToken cancellation)
    {
        if (callbacks.Count == 0) return null;
        // All tokens first: nothing is claimed if a read of them fails.
        var owners = await accounts.FindAllAsync(
            callbacks.Select(callback => callback.Webhook.AccountSid), cancellation);
        List<ClaimedWebhook> claimed = new(callbacks.Count);
        foreach (var callback in callbacks)
        {
            if (owners.GetValueOrDefault(callback.Webhook.AccountSid) is { } account
                && limiter.TryOwn(callback, account.AuthToken, account.HasWebhookRules) is { } claim)
                claimed.Add(claim);
        }

        return claimed.Count == 0 ? null : new Claim(claimed, limiter);
    }

    private sealed class Claim(IReadOnlyCollection<ClaimedWebhook> claimed, EndpointLimiter limiter) : IWebhookClaim
    {
        public IReadOnlySet<Sid> Webhooks { get; } = claimed.Select(claim => claim.Webhook.Sid).ToHashSet();

        public void Start() => limiter.StartOwned(claimed);

        public void Abandon() => limiter.AbandonOwned(claimed);
    }
}
