using MessagingServices.Server.Engine;
using MessagingServices.Server.Telemetry;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Inbound;

/// <summary>Stores the result of a webhook and its effects in one transaction.</summary>
internal sealed class WebhookRecorder(MessageTransactions transactions, NodeId node, WebhookTelemetry telemetry)
{
    public async Task<MessageTransaction> BeginAsync(CancellationToken cancellation)
    {
        var work = await transactions.BeginAsync(cancellation);
        // Every transaction locks the message queue before the webhook queue, which prevents deadlocks with a reset.
        await work.Db.TouchMessageQueueAsync(cancellation);
        return work;
    }

    /// <summary>Stores the result and removes the webhook from the queue.</summary>
    /// <returns>False if another node has the claim: then the transaction must not commit.</returns>
    public Task<bool> RecordAsync(MessageTransaction work, WebhookDelivery delivery, CancellationToken cancellation) =>
        work.Npgsql.RecordAsync(node.Id, delivery, cancellation);

    /// <summary>Counts the result, after the commit.</summary>
    public void Committed(Webhook webhook, WebhookDelivery delivery) =>
        telemetry.Recorded(webhook, delivery.Outcome, delivery.Attempts);
}
