using MessagingServices.Server.Events;
using MessagingServices.Server.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>
/// What follows the commit of a <see cref="MessageTransaction"/>: stages wake, events, metrics and traces.
/// </summary>
internal sealed class CommitEffects(PipelineSignals signals, MessageTelemetry telemetry, EventBus events)
{
    /// <summary>Notes the beginning of a transaction, for its trace.</summary>
    public TraceStart Start() => telemetry.Start();

    /// <summary>The batch is committed.</summary>
    public void Apply(WriteBatch batch, TraceStart began)
    {
        signals.Wake(batch.Feeds);
        if (batch.Messages.Inserted.Count > 0) telemetry.Added(batch.Messages.Inserted, began);
        telemetry.Moved(batch.Messages.Moves, began);
    }

    /// <summary>Wakes the stages of new messages.</summary>
    public void Wake(WriteBatch batch) => signals.Wake(batch.Feeds);

    /// <summary>
    /// Publishes a batch that is committed. Call it before anything that lets the messages go on: their events are in
    /// the order of their statuses.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="db">The context with further changes of the same transaction; null for none.</param>
    public void Publish(WriteBatch batch, DbContext? db = null)
    {
        if (!events.IsListening) return;
        foreach (var message in batch.Messages.Inserted) events.Created(message);
        foreach (var move in batch.Messages.Moves) events.Updated(move.Message);
        foreach (var webhook in batch.StoredWebhooks) events.Updated(new WebhookResult(webhook, webhook.Outcome, []));
        foreach (var change in db?.TakeChanges() ?? []) events.Publish(change);
    }

    /// <summary>It is not known whether the batch is committed: events show what is stored.</summary>
    public void Doubt(WriteBatch batch)
    {
        Doubt(batch.Messages.Inserted);
        foreach (var move in batch.Messages.Moves)
            events.Publish(EventTypes.MessageUpdated, move.Message.AccountSid, move.Message.Sid.Value);
    }

    /// <summary>It is not known whether new messages are stored.</summary>
    public void Doubt(IEnumerable<Message> messages)
    {
        foreach (var message in messages)
            events.Publish(EventTypes.MessageCreated, message.AccountSid, message.Sid.Value);
    }
}
