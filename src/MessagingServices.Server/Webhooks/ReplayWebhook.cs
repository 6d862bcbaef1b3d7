using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Webhooks;

/// <summary>Makes a webhook again: the same parameters and idempotency token, freshly signed, after the webhooks that its message waits for.</summary>
internal sealed class ReplayWebhook(IDbContextFactory<MessagingDb> databases, PipelineSignals signals)
{
    /// <summary>Owes the webhook once more. One that is still owed is only made as planned.</summary>
    /// <returns>False when the account has no such webhook.</returns>
    public async Task<bool> ReplayAsync(Sid account, Sid webhook, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var found = await db.Webhooks.AsNoTracking()
            .SingleOrDefaultAsync(w => w.Sid == webhook && w.AccountSid == account, cancellation);
        if (found is null) return false;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // The queue first, as everywhere: whoever locks in the other order could wait for us while we wait for them.
        if (await db.RequeueAsync(found, cancellation))
        {
            var owed = await db.Webhooks.Where(w => w.Sid == webhook)
                .ExecuteUpdateAsync(set => set.SetProperty(w => w.Outcome, WebhookOutcome.Pending), cancellation);
            // Removed with its message at this moment.
            if (owed == 0) return false;
        }

        await transaction.CommitAsync(cancellation);
        signals.Wake(WorkQueues.Webhooks);
        return true;
    }
}
