using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Deletes a conversation with its participants, what was said and what was told of it; the messages that went to handsets stay.</summary>
internal sealed class DeleteConversation(MessagingDb db, ConversationEvents events, EmulatorClock clock)
{
    /// <summary>Deletes; false when the account has no conversation of that SID or unique name.</summary>
    /// <param name="account">The account.</param>
    /// <param name="name">The SID or the unique name.</param>
    /// <param name="tell">Whether the conversation's webhooks are told.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<bool> DeleteAsync(Sid account, string name, bool tell, CancellationToken cancellation) => ConversationEvents.InTransactionAsync(
        db, async () =>
        {
            var sid = await db.Conversations.Called(account, name).Select(found => (Sid?)found.Sid).SingleOrDefaultAsync(cancellation);
            if (sid is null || await db.LockConversationAsync(account, sid.Value, cancellation) is not { } conversation) return false;
            if (tell) await events.OweAsync(db, ConversationEvent.OfConversation("Removed", conversation, clock.GetUtcNow()), cancellation);
            // What they were told goes with it; what is owed is still made.
            await db.Webhooks.Where(made => made.Outcome != WebhookOutcome.Pending
                && db.ConversationWebhooks.Any(target => target.ConversationSid == sid && target.Sid == made.MessageSid)).ExecuteDeleteAsync(cancellation);
            return await db.Conversations.Where(found => found.Sid == sid).ExecuteDeleteAsync(cancellation) > 0;
        }, cancellation);
}
