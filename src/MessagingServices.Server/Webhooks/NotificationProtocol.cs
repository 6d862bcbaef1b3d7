namespace MessagingServices.Server.Webhooks;

/// <summary>Status callbacks and events of conversations. The body of their response has no meaning.</summary>
internal sealed class NotificationProtocol(WebhookClient client, WebhookResultWriter writer) : IWebhookProtocol
{
    /// <inheritdoc/>
    public bool Handles(WebhookKind kind) => kind is WebhookKind.StatusCallback or WebhookKind.Conversation;

    /// <inheritdoc/>
    public async Task<(WebhookDelivery Delivery, Func<CancellationToken, Task> StoreAsync)> DeliverAsync(
        ClaimedWebhook claim, CancellationToken cancellation)
    {
        var delivery = await client.SendAsync(claim.Webhook, claim.AuthToken, cancellation) with { Claim = claim };
        return (delivery, stopping => writer.AddAsync(delivery, stopping).AsTask());
    }
}
