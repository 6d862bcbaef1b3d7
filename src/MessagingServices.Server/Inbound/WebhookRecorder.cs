using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;
using MessagingServices.Server.Telemetry;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Inbound;

/// <summary>Stores the result of a webhook and its effects in one transaction.</summary>
internal sealed class WebhookRecorder(
    MessageTransactions transactions, NodeId node, WebhookTelemetry telemetry, EventBus events)
{
    public Task<MessageTransaction> BeginAsync(CancellationToken cancellation) => transactions.BeginAsync(cancellation);

    /// <summary>Stores the result and removes the webhook from the queue.</summary>
    /// <returns>False if another node has the claim: then the transaction must not commit.</returns>
    public Task<bool> RecordAsync(MessageTransaction work, WebhookDelivery delivery, CancellationToken cancellation) =>
        work.Npgsql.RecordAsync(node.Id, delivery, cancellation);

    /// <summary>Counts and publishes the result, after the commit.</summary>
    public void Committed(Webhook webhook, WebhookDelivery delivery)
    {
        telemetry.Recorded(webhook, delivery.Outcome, delivery.Attempts);
        events.Updated(new WebhookResult(webhook, delivery.StoredOutcome, delivery.Attempts));
    }
}
