using MessagingServices.Server.Engine;
using MessagingServices.Server.Telemetry;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Inbound;

/// <summary>Records a webhook that this process has made within a transaction that holds what comes of it.</summary>
internal sealed class WebhookRecorder(MessageTransactions transactions, NodeId process, WebhookTelemetry telemetry)
{
    /// <summary>Begins the transaction.</summary>
    public async Task<MessageTransaction> BeginAsync(CancellationToken cancellation)
    {
        var work = await transactions.BeginAsync(cancellation);
        // The queue of messages comes before that of webhooks, wherever both are taken: so nobody who empties tables waits in a circle.
        await work.Db.TouchMessageQueueAsync(cancellation);
        return work;
    }

    /// <summary>Takes it out of the queue with what is recorded of it. False when somebody else has its claim: then nothing may be committed.</summary>
    public Task<bool> RecordAsync(MessageTransaction work, PostedWebhook posted, CancellationToken cancellation) =>
        work.Npgsql.RecordAsync(process.Id, posted, cancellation);

    /// <summary>It is committed.</summary>
    public void Tell(PostedWebhook posted) => telemetry.Recorded([posted]);
}
