using MessagingServices.Server.Data.Queues;

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
        var sent = claim.Step == WebhookStep.Repeated
            ? client.RepeatAsync(claim.Webhook, claim.AuthToken, cancellation)
            : client.SendAsync(claim.Webhook, claim.AuthToken, cancellation);
        var delivery = await sent with { Claim = claim };
        return (delivery, stopping => writer.AddAsync(delivery, stopping).AsTask());
    }
}
