using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Takes somebody out of a conversation; what was said stays.</summary>
internal sealed class RemoveParticipant(MessagingDb db, ConversationEvents events, EmulatorClock clock)
{
    /// <summary>Removes.</summary>
    /// <param name="account">The account.</param>
    /// <param name="conversationName">The conversation's SID or unique name.</param>
    /// <param name="name">The participant's SID or identity.</param>
    /// <param name="tell">Whether the conversation's webhooks are told.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="TwilioException">50350, 50432.</exception>
    public Task<ConversationParticipant> RemoveAsync(
        Sid account, string conversationName, string name, bool tell, CancellationToken cancellation) => ConversationEvents.InTransactionAsync(
        db, async () =>
        {
            var sid = await db.FindConversationSidAsync(account, conversationName, cancellation);
            var conversation = await db.LockConversationAsync(account, sid, cancellation)
                ?? throw new TwilioException(MessagingError.ConversationNotFound.ToApiError());
            var participant = await db.ConversationParticipants.Called(sid, name).SingleOrDefaultAsync(cancellation)
                ?? throw new TwilioException(MessagingError.ParticipantNotFound.ToApiError());
            db.Remove(participant);
            await db.SaveChangesAsync(cancellation);
            if (tell)
            {
                await events.OweAsync(
                    db, ConversationEvent.OfParticipant("Removed", conversation, participant, ConversationEvent.Api, clock.GetUtcNow()), cancellation);
            }

            return participant;
        }, cancellation);
}
