using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Delivers a webhook again, with the same parameters and idempotency token and a new signature. It waits for the
/// webhooks of its message that are in the queue, but not for callbacks in the memory of a server.
/// </summary>
internal sealed class ReplayWebhook(IDbContextFactory<MessagingDb> databases)
{
    /// <summary>Enqueues the webhook again, unless it is still pending.</summary>
    /// <returns>False if the account has no such webhook.</returns>
    public async Task<bool> ReplayAsync(Sid account, Sid webhook, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (Webhook.MessagesOf(webhook) is { Count: > 0 } messages)
            await db.StorePendingCallbacksAsync(db.Messages.Where(m => messages.Contains(m.Sid)), cancellation);
        var found = await db.Webhooks.AsNoTracking()
            .SingleOrDefaultAsync(w => w.Sid == webhook && w.AccountSid == account, cancellation);
        if (found is null) return false;
        if (found.Outcome == WebhookOutcome.Pending) return true;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // The queue is locked before the webhook, as in all transactions: another order could cause a deadlock.
        // Its commit wakes the stage.
        if (await db.TryAddAsync(QueuedWebhook.Of(found), cancellation))
        {
            var pending = await db.Webhooks.Where(w => w.Sid == webhook)
                .ExecuteUpdateAsync(set => set.SetProperty(w => w.Outcome, WebhookOutcome.Pending), cancellation);
            // A concurrent transaction has removed it with its message.
            if (pending == 0) return false;
        }

        await transaction.CommitAsync(cancellation);
        return true;
    }
}
