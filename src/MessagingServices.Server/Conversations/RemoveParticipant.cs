using MessagingServices.Domain;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Persistence.Batches;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Takes somebody out of a conversation; what was said stays.</summary>
public sealed class RemoveParticipant(MessagingDb db)
{
    /// <summary>Removes.</summary>
    /// <param name="account">The account.</param>
    /// <param name="conversationName">The conversation's SID or unique name.</param>
    /// <param name="name">The participant's SID or identity.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="RefusedException">50350, 50432.</exception>
    public Task<int> RemoveAsync(Sid account, string conversationName, string name, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            var sid = await db.FindConversationSidAsync(account, conversationName, cancellation);
            await db.LockConversationAsync(account, sid, cancellation);
            var removed = await db.ConversationParticipants.Called(sid, name).ExecuteDeleteAsync(cancellation);
            return removed > 0 ? removed : throw new RefusedException(MessagingError.ParticipantNotFound.Refuse());
        }, cancellation);
}
