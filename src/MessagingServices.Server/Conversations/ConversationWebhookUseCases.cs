using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// Adds, changes and removes the webhooks of conversations. A conversation has at most
/// <see cref="ConversationWebhook.MaxPerConversation"/>, also under concurrent requests, since each locks the
/// conversation.
/// </summary>
internal sealed class ConversationWebhookUseCases(MessagingDb db, SidSource sids, EmulatorClock clock)
{
    /// <summary>Adds a webhook.</summary>
    /// <exception cref="TwilioException">20001 when the conversation has the maximum number; 50350.</exception>
    public Task<ConversationWebhook> AddAsync(
        Sid account, string conversationName, ConversationWebhookTarget target,
        Action<ConversationWebhook> configure, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            var sid = (await db.LockConversationAsync(account, conversationName, cancellation)).Sid;
            var count = await db.ConversationWebhooks.CountAsync(
                present => present.ConversationSid == sid, cancellation);
            if (count >= ConversationWebhook.MaxPerConversation)
            {
                throw new TwilioException(
                    MessagingError.TooManyConversationWebhooks.ToApiError(ConversationWebhook.MaxPerConversation));
            }

            ConversationWebhook webhook = new(sids.New(SidPrefix.Webhook), account, sid, target, clock.Now(account));
            configure(webhook);
            db.Add(webhook);
            await db.SaveChangesAsync(cancellation);
            return webhook;
        }, cancellation);

    /// <summary>Changes a webhook; null when the conversation has none with that SID.</summary>
    /// <exception cref="TwilioException">50350.</exception>
    public Task<ConversationWebhook?> UpdateAsync(
        Sid account, string conversationName, Sid webhook, Action<ConversationWebhook> change,
        CancellationToken cancellation) => db.UpdateAsync(
        async () =>
        {
            var sid = (await db.LockConversationAsync(account, conversationName, cancellation)).Sid;
            return await db.ConversationWebhooks.SingleOrDefaultAsync(
                found => found.Sid == webhook && found.ConversationSid == sid, cancellation);
        }, change, clock.Of(account), cancellation);

    /// <summary>
    /// Removes a webhook; false when the conversation has none with that SID. Its pending requests are still delivered.
    /// </summary>
    /// <exception cref="TwilioException">50350.</exception>
    public Task<bool> RemoveAsync(
        Sid account, string conversationName, Sid webhook, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            var sid = (await db.LockConversationAsync(account, conversationName, cancellation)).Sid;
            return await db.ConversationWebhooks.Where(found => found.Sid == webhook && found.ConversationSid == sid)
                .ExecuteDeleteAsync(cancellation) > 0;
        }, cancellation);
}
