using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>The webhooks that conversations owe for what happens in them.</summary>
internal sealed class ConversationEvents(SidSource sids)
{
    /// <summary>
    /// Owes an event to those webhooks of its conversation that ask for it, within the transaction of the change; the caller saves.
    /// </summary>
    public async Task OweAsync(MessagingDb db, ConversationEvent told, CancellationToken cancellation)
    {
        var targets = await db.ConversationWebhooks.AsNoTracking().Where(webhook => webhook.ConversationSid == told.ConversationSid)
            .OrderBy(webhook => webhook.Ordinal).ToListAsync(cancellation);
        foreach (var target in targets.Where(target => target.Filters.Contains(told.Type)))
        {
            Webhook webhook = new(sids.New(SidPrefix.Webhook), SidSource.NewToken(), target, told);
            db.Add(new QueuedWebhook { WebhookSid = webhook.Sid, MessageSid = webhook.MessageSid, Endpoint = Webhook.EndpointOf(webhook.Url) });
            db.Add(webhook);
            // One by one: their order is that of their rows.
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>Runs a use case that may enqueue events in one transaction; its commit wakes the delivery.</summary>
    public static Task<T> InTransactionAsync<T>(MessagingDb db, Func<Task<T>> work, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            await db.TouchMessageQueueAsync(cancellation);
            return await work();
        }, cancellation);
}
