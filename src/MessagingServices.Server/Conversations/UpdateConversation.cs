using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Changes a conversation. One that is closed frees the pairs of addresses of its participants.</summary>
internal sealed class UpdateConversation(
    MessagingDb db, MessagingServiceCache services, ConversationEvents events, EmulatorClock clock)
{
    /// <summary>Changes; null when the account has no such conversation.</summary>
    /// <param name="account">The account.</param>
    /// <param name="name">The SID or the unique name.</param>
    /// <param name="change">Changes it; a refusal leaves everything as it is.</param>
    /// <param name="tell">Whether the conversation's webhooks are told.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="TwilioException">20001 when a closed one shall be opened; 21701 when the account has no such Messaging Service; 50353 when another
    /// conversation has the unique name.</exception>
    public async Task<Conversation?> UpdateAsync(
        Sid account, string name, Func<Conversation, ApiError?> change, bool tell, CancellationToken cancellation)
    {
        try
        {
            return await ConversationEvents.InTransactionAsync(
                db, async () =>
                {
                    var sid = await db.Conversations.Called(account, name).Select(found => (Sid?)found.Sid).SingleOrDefaultAsync(cancellation);
                    if (sid is null || await db.LockConversationAsync(account, sid.Value, cancellation) is not { } conversation) return null;
                    await ChangeAsync(conversation, change, tell, cancellation);
                    return conversation;
                }, cancellation);
        }
        catch (DbUpdateException failure) when (ConversationNames.IsTakenName(failure))
        {
            throw new TwilioException(MessagingError.UniqueNameTaken.ToApiError());
        }
    }

    private async Task ChangeAsync(Conversation conversation, Func<Conversation, ApiError?> change, bool tell, CancellationToken cancellation)
    {
        var (service, was, now) = (conversation.MessagingServiceSid, conversation.State, clock.GetUtcNow());
        if (change(conversation) is { } refusal) throw new TwilioException(refusal);
        if (conversation.MessagingServiceSid is { } named && named != service
            && await services.FindAsync(conversation.AccountSid, named, cancellation) is null)
            throw new TwilioException(MessagingError.UnknownService.ToApiError());
        conversation.DateUpdated = now;
        await db.SaveChangesAsync(cancellation);
        if (conversation.State == ConversationState.Closed) await db.FreePairsAsync(conversation.Sid, cancellation);
        if (!tell) return;
        await events.OweAsync(db, ConversationEvent.OfConversation("Updated", conversation, now), cancellation);
        if (was != conversation.State) await events.OweAsync(db, ConversationEvent.OfState(conversation, was, ConversationEvent.Api, now), cancellation);
    }
}
