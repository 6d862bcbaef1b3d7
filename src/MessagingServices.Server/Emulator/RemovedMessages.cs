using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>What this server's memory has of an account whose rows were removed, or that was suspended.</summary>
internal sealed class RemovedMessages(
    OwnedMessages memory, EndpointLimiter limiter, WebhookDispatcher webhooks, AccountCaches caches,
    IDbContextFactory<MessagingDb> databases)
{
    /// <summary>
    /// Forgets the messages and webhooks of the account that the database does not have any more. When the task ends,
    /// this server sends nothing of them. What is newer goes on. A suspended or closed account's webhooks are released
    /// all: their next claim finds its status.
    /// </summary>
    public async Task ForgetAsync(AccountTask task, CancellationToken cancellation)
    {
        caches.Forget(task);
        // The memory first: what is in it now and then not in the database was removed. What comes into it later was
        // read from the database or committed after the removal.
        var messages = memory.CommittedOf(task.AccountSid);
        var claims = limiter.ClaimsOf(task.AccountSid);
        if (task.Kind is AccountTaskKind.Suspend or AccountTaskKind.Close)
        {
            await webhooks.CancelAsync(claims);
            return;
        }

        if (messages.Count + claims.Count == 0) return;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var leftMessages = (await db.Database.SqlQuery<string>(
            $"""
             SELECT sid AS "Value" FROM messages WHERE sid = ANY ({messages.Concat(InChains(claims)).Values()})
             """).ToListAsync(cancellation)).ToHashSet();
        var leftWebhooks = (await db.Database.SqlQuery<string>(
            $"""
             SELECT sid AS "Value" FROM webhooks
             WHERE sid = ANY ({claims.Where(claim => claim.Chain is null).Select(claim => claim.Webhook.Sid).Values()})
             """).ToListAsync(cancellation)).ToHashSet();
        memory.Forget([.. messages.Where(sid => !leftMessages.Contains(sid.Value))]);
        await webhooks.CancelAsync([.. claims.Where(claim => !IsLeft(claim))]);

        bool IsLeft(ClaimedWebhook claim) => claim.Chain is null
            ? leftWebhooks.Contains(claim.Webhook.Sid.Value)
            : leftMessages.Contains(claim.Webhook.MessageSid.Value);
    }

    /// <summary>Forgets what is remembered of the account itself. Call it when its rows are gone.</summary>
    public void ForgetAccount(AccountTask task) => caches.Forget(task);

    private static IEnumerable<Sid> InChains(IEnumerable<ClaimedWebhook> claims) =>
        claims.Where(claim => claim.Chain is not null).Select(claim => claim.Webhook.MessageSid);
}
