using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Enqueues the webhooks of conversation events.</summary>
internal sealed class ConversationEvents(SidSource sids)
{
    /// <summary>
    /// Enqueues an event, within the transaction of the change, for each webhook of its conversation that wants it.
    /// </summary>
    public async Task EnqueueAsync(MessagingDb db, ConversationEvent conversationEvent, CancellationToken cancellation)
    {
        var targets = await db.ConversationWebhooks.AsNoTracking()
            .Where(webhook => webhook.ConversationSid == conversationEvent.ConversationSid)
            .OrderBy(webhook => webhook.Ordinal).ToListAsync(cancellation);
        foreach (var target in targets.Where(target => target.Wants(conversationEvent)))
        {
            Webhook webhook = new(sids.New(SidPrefix.Webhook), SidSource.NewToken(), target, conversationEvent);
            db.Add(QueuedWebhook.Of(webhook));
            db.Add(webhook);
            // One by one: the server delivers them in the order of their rows.
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>Does work that may enqueue events in one transaction. Its commit wakes the delivery.</summary>
    public static Task<T> InTransactionAsync<T>(MessagingDb db, Func<Task<T>> work, CancellationToken cancellation) =>
        db.InTransactionAsync(work, cancellation);
}
