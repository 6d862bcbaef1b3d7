using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Says whom a conversation tells of what happens in it; at most <see cref="ConversationWebhook.MaxPerConversation"/>.</summary>
internal sealed class ConfigureConversationWebhook(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Adds one.</summary>
    /// <exception cref="TwilioException">20001 when the conversation has as many as it can have; 50350.</exception>
    public Task<ConversationWebhook> AddAsync(
        Sid account, string conversationName, string url, Action<ConversationWebhook> configure, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            var sid = await db.FindConversationSidAsync(account, conversationName, cancellation);
            // Locked, so that nobody adds one beside it that is too many.
            if (await db.LockConversationAsync(account, sid, cancellation) is null)
                throw new TwilioException(MessagingError.ConversationNotFound.ToApiError());
            if (await db.ConversationWebhooks.CountAsync(present => present.ConversationSid == sid, cancellation) >= ConversationWebhook.MaxPerConversation)
                throw new TwilioException(MessagingError.TooManyConversationWebhooks.ToApiError(ConversationWebhook.MaxPerConversation));
            ConversationWebhook webhook = new(sids.New(SidPrefix.Webhook), account, sid, url, clock.GetUtcNow());
            configure(webhook);
            db.Add(webhook);
            await db.SaveChangesAsync(cancellation);
            return webhook;
        }, cancellation);

    /// <summary>Changes one; null when the conversation has none of that SID.</summary>
    /// <exception cref="TwilioException">50350.</exception>
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
    /// <exception cref="TwilioException">50350.</exception>
    public Task<bool> RemoveAsync(Sid account, string conversationName, Sid webhook, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            var sid = await db.FindConversationSidAsync(account, conversationName, cancellation);
            await db.LockConversationAsync(account, sid, cancellation);
            return await db.ConversationWebhooks.Where(w => w.Sid == webhook && w.ConversationSid == sid).ExecuteDeleteAsync(cancellation) > 0;
        }, cancellation);
}
