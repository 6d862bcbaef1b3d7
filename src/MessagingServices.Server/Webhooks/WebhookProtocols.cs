using System.Collections.Frozen;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Delivers webhooks by the protocol of their kind, if their account is active. Webhooks of a suspended account are put
/// aside, and those of a closed one are dropped.
/// </summary>
internal sealed class WebhookProtocols(
    IEnumerable<IWebhookProtocol> protocols, AccountCache accounts, HeldWebhooks held, EndpointLimiter limiter,
    WebhookResultWriter writer)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly FrozenDictionary<WebhookKind, IWebhookProtocol> protocols = Enum.GetValues<WebhookKind>()
        .ToFrozenDictionary(kind => kind, kind => protocols.Single(protocol => protocol.Handles(kind)));

    /// <summary>Sends a webhook, with its retries. Stores nothing.</summary>
    /// <returns>
    /// The result, and the step that stores it and ends the claim; null when the claim has ended without a request.
    /// </returns>
    /// <exception cref="OperationCanceledException">Canceled; the webhook stays in the queue.</exception>
    public async Task<(WebhookDelivery Delivery, Func<CancellationToken, Task> StoreAsync)?> DeliverAsync(
        ClaimedWebhook claim, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var sid = claim.Webhook.AccountSid;
        var (status, hasRules) = accounts.FindCached(sid) is { } cached
            ? (cached.Status, cached.HasWebhookRules) : await ReadAccountAsync(sid, cancellation);
        return status switch
        {
            AccountStatus.Active when hasRules && claim.Step is null => Leave(claim),
            AccountStatus.Active => await protocols[claim.Webhook.Kind].DeliverAsync(claim, cancellation),
            AccountStatus.Suspended => await HoldAsync(claim, cancellation),
            AccountStatus.Closed or null => Drop(claim),
        };
    }

    private async Task<(WebhookDelivery Delivery, Func<CancellationToken, Task> StoreAsync)?> HoldAsync(
        ClaimedWebhook claim, CancellationToken cancellation)
    {
        // A message in memory leaves it: then all its webhooks are in the queue. An account that is active again
        // meanwhile has its webhook claimed again.
        if (claim.Chain is null && await held.HoldAsync(claim.Webhook, cancellation)) limiter.Remove([claim]);
        else limiter.Release(claim);
        return null;
    }

    // The rules have not been asked: they are asked when it is claimed again. A message in memory leaves it before.
    private (WebhookDelivery Delivery, Func<CancellationToken, Task> StoreAsync)? Leave(ClaimedWebhook claim)
    {
        limiter.Release(claim);
        return null;
    }

    private (WebhookDelivery Delivery, Func<CancellationToken, Task> StoreAsync)? Drop(ClaimedWebhook claim)
    {
        var dropped = WebhookDelivery.Dropped(claim.Webhook.Sid) with { Claim = claim };
        return (dropped, stopping => writer.AddAsync(dropped, stopping).AsTask());
    }

    /// <summary>The status of an account, null when it was deleted; and whether it has webhook rules.</summary>
    private async ValueTask<(AccountStatus?, bool HasRules)> ReadAccountAsync(
        Sid account, CancellationToken cancellation)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        wait.CancelAfter(Patience);
        try
        {
            var found = await accounts.FindAsync(account, wait.Token);
            return (found?.Status, found?.HasWebhookRules is true);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // While the database cannot be used, callbacks go out: no status can change.
            return (AccountStatus.Active, false);
        }
    }
}
