using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Changes or removes what was said in a conversation. What handsets got already stays with them.</summary>
internal sealed class UpdateConversationMessage(MessagingDb db, ConversationEvents events, EmulatorClock clock)
{
    /// <summary>Changes; null when the conversation has no such message.</summary>
    /// <exception cref="TwilioException">50350.</exception>
    public Task<ConversationMessage?> UpdateAsync(
        Sid account, string conversationName, Sid message, Action<ConversationMessage> change, bool tell, CancellationToken cancellation) =>
        ConversationEvents.InTransactionAsync(db, async () =>
        {
            var conversation = await LockAsync(account, conversationName, cancellation);
            var found = await db.ConversationMessages.SingleOrDefaultAsync(m => m.Sid == message && m.ConversationSid == conversation.Sid, cancellation);
            if (found is null) return null;
            change(found);
            found.DateUpdated = clock.GetUtcNow();
            await db.SaveChangesAsync(cancellation);
            if (tell) await TellAsync("Updated", conversation, found, cancellation);
            return found;
        }, cancellation);

    /// <summary>Removes; its index stays empty. False when the conversation has no such message.</summary>
    /// <exception cref="TwilioException">50350.</exception>
    public Task<bool> RemoveAsync(Sid account, string conversationName, Sid message, bool tell, CancellationToken cancellation) =>
        ConversationEvents.InTransactionAsync(db, async () =>
        {
            var conversation = await LockAsync(account, conversationName, cancellation);
            var found = await db.ConversationMessages.SingleOrDefaultAsync(m => m.Sid == message && m.ConversationSid == conversation.Sid, cancellation);
            if (found is null) return false;
            db.Remove(found);
            await db.SaveChangesAsync(cancellation);
            if (tell) await TellAsync("Removed", conversation, found, cancellation);
            return true;
        }, cancellation);

    private Task TellAsync(string what, Conversation conversation, ConversationMessage message, CancellationToken cancellation) => events.OweAsync(
        db, ConversationEvent.OfMessage(what, conversation, message, ConversationEvent.Api, clock.GetUtcNow()), cancellation);

    private async Task<Conversation> LockAsync(Sid account, string name, CancellationToken cancellation)
    {
        var sid = await db.FindConversationSidAsync(account, name, cancellation);
        return await db.LockConversationAsync(account, sid, cancellation) ?? throw new TwilioException(MessagingError.ConversationNotFound.ToApiError());
    }
}
