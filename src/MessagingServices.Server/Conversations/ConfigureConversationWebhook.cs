using MessagingServices.Domain;
using MessagingServices.Domain.Conversations;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Persistence.Batches;
using MessagingServices.Server.Time;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Says whom a conversation tells of what happens in it; at most <see cref="ConversationWebhook.MaxPerConversation"/>.</summary>
public sealed class ConfigureConversationWebhook(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Adds one.</summary>
    /// <exception cref="RefusedException">20001 when the conversation has as many as it can have; 50350.</exception>
    public Task<ConversationWebhook> AddAsync(
        Sid account, string conversationName, string url, Action<ConversationWebhook> configure, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            var sid = await db.FindConversationSidAsync(account, conversationName, cancellation);
            // Locked, so that nobody adds one beside it that is too many.
            if (await db.LockConversationAsync(account, sid, cancellation) is null)
                throw new RefusedException(MessagingError.ConversationNotFound.Refuse());
            if (await db.ConversationWebhooks.CountAsync(present => present.ConversationSid == sid, cancellation) >= ConversationWebhook.MaxPerConversation)
                throw new RefusedException(MessagingError.TooManyConversationWebhooks.Refuse(ConversationWebhook.MaxPerConversation));
            ConversationWebhook webhook = new(sids.New(SidPrefix.Webhook), account, sid, url, clock.GetUtcNow());
            configure(webhook);
            db.Add(webhook);
            await db.SaveChangesAsync(cancellation);
            return webhook;
        }, cancellation);

    /// <summary>Changes one; null when the conversation has none of that SID.</summary>
    /// <exception cref="RefusedException">50350.</exception>
    public Task<ConversationWebhook?> UpdateAsync(
        Sid account, string conversationName, Sid webhook, Action<ConversationWebhook> change, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            var sid = await db.FindConversationSidAsync(account, conversationName, cancellation);
            await db.LockConversationAsync(account, sid, cancellation);
            var found = await db.ConversationWebhooks.SingleOrDefaultAsync(w => w.Sid == webhook && w.ConversationSid == sid, cancellation);
            if (found is null) return null;
            change(found);
            found.DateUpdated = clock.GetUtcNow();
            await db.SaveChangesAsync(cancellation);
            return found;
        }, cancellation);

    /// <summary>Removes one; what it is owed is still made. False when the conversation has none of that SID.</summary>
    /// <exception cref="RefusedException">50350.</exception>
    public Task<bool> RemoveAsync(Sid account, string conversationName, Sid webhook, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            var sid = await db.FindConversationSidAsync(account, conversationName, cancellation);
            await db.LockConversationAsync(account, sid, cancellation);
            return await db.ConversationWebhooks.Where(w => w.Sid == webhook && w.ConversationSid == sid).ExecuteDeleteAsync(cancellation) > 0;
        }, cancellation);
}
