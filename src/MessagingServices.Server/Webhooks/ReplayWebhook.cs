using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Delivers a webhook again, with the same parameters and idempotency token and a new signature. It waits for the
/// webhooks of its message that are in the queue or in the memory of a server.
/// </summary>
internal sealed class ReplayWebhook(IDbContextFactory<MessagingDb> databases, Polling polling)
{
    private const int MaxReplays = 1000;
    private const int MaxAttempts = 3;

    /// <summary>The longest wait for callbacks in memory: their endpoint may hang.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <summary>Enqueues the webhook again, unless it is still pending.</summary>
    /// <returns>False if the account has no such webhook.</returns>
    public async Task<bool> ReplayAsync(Sid account, Sid webhook, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (Webhook.MessagesOf(webhook) is { Count: > 0 } messages)
        {
            await db.StorePendingCallbacksAsync(
                db.Messages.Where(m => messages.Contains(m.Sid) && m.AccountSid == account), cancellation);
        }

        var found = await db.Webhooks.AsNoTracking()
            .SingleOrDefaultAsync(w => w.Sid == webhook && w.AccountSid == account, cancellation);
        if (found is null) return false;
        if (found.Outcome == WebhookOutcome.Pending) return true;

        await polling.UntilAsync(
            token => HasCallbacksInMemoryAsync(found.MessageSid, token), has => !has, Patience, Rest, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // The queue is locked before the webhook, as in all transactions: another order could cause a deadlock.
        // Its commit wakes the stage.
        if (await db.TryAddAsync(QueuedWebhook.Of(found, WebhookStep.Replayed), cancellation))
        {
            var pending = await db.Webhooks.Where(w => w.Sid == webhook)
                .ExecuteUpdateAsync(set => set.SetProperty(w => w.Outcome, WebhookOutcome.Pending), cancellation);
            // A concurrent transaction has removed it with its message.
            if (pending == 0) return false;
        }

        await transaction.CommitAsync(cancellation);
        return true;
    }

    // They are stored by now, but they are in no queue.
    private async Task<bool> HasCallbacksInMemoryAsync(Sid message, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Webhooks.AnyAsync(webhook => webhook.MessageSid == message
            && webhook.Outcome == WebhookOutcome.Pending
            && db.WebhookQueue.All(entry => entry.WebhookSid != webhook.Sid), cancellation);
    }

    /// <summary>Enqueues the newest webhooks again that a filter keeps, unless they are still pending.</summary>
    /// <param name="account">The account.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>How many there are, and whether these are all.</returns>
    public async Task<(int Replayed, bool Complete)> ReplayAsync(
        Sid account, Func<IQueryable<Webhook>, IQueryable<Webhook>> filter, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            var found = await filter(db.Webhooks.Where(webhook => webhook.AccountSid == account))
                .Where(webhook => webhook.Outcome != WebhookOutcome.Pending)
                .OrderByDescending(webhook => webhook.Ordinal).Take(MaxReplays + 1).AsNoTracking()
                .ToListAsync(cancellation);
            var complete = found.Count <= MaxReplays;
            if (!complete) found.RemoveAt(MaxReplays);
            try
            {
                await EnqueueAsync(db, found, cancellation);
                return (found.Count, complete);
            }
            catch (DbUpdateException failure) when (DatabaseErrors.IsDuplicate(failure) && attempt < MaxAttempts)
            {
                // Another request replays one of them: it is pending now.
            }
        }
    }

    private static async Task EnqueueAsync(
        MessagingDb db, IReadOnlyList<Webhook> webhooks, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // The queue before the webhooks, as above. EF Core sorts by SID, which is the order of creation.
        db.AddRange(webhooks.Select(webhook => QueuedWebhook.Of(webhook, WebhookStep.Replayed)));
        await db.SaveChangesAsync(cancellation);
        var sids = webhooks.Select(webhook => webhook.Sid).ToList();
        await db.Webhooks.Where(webhook => sids.Contains(webhook.Sid))
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.Outcome, WebhookOutcome.Pending), cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
