using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Changes a participant, also the sender that the handset sees.</summary>
internal sealed class UpdateParticipant(MessagingDb db, ConversationEvents events, EmulatorClock clock)
{
    /// <summary>Changes.</summary>
    /// <param name="account">The account.</param>
    /// <param name="conversationName">The conversation's SID or unique name.</param>
    /// <param name="name">The participant's SID or identity.</param>
    /// <param name="proxyAddress">Another sender, as it was written; null to keep the present one.</param>
    /// <param name="change">Changes the rest.</param>
    /// <param name="tell">Whether the conversation's webhooks are told.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="TwilioException">20001 when the conversation is closed; 50350, 50432, 50433, and for another sender 50407, 50408, 50409, 50413, 50414,
    /// 50416.</exception>
    public Task<ConversationParticipant> UpdateAsync(
        Sid account, string conversationName, string name, string? proxyAddress, Action<ConversationParticipant> change, bool tell,
        CancellationToken cancellation) => ConversationEvents.InTransactionAsync(
            db, async () =>
            {
                var sid = await db.FindConversationSidAsync(account, conversationName, cancellation);
                var present = await db.ConversationParticipants.AsNoTracking().Called(sid, name).SingleOrDefaultAsync(cancellation) ?? throw NotFound();
                var binding = proxyAddress is null
                    ? null
                    : await db.LockBindingAsync(account, present.Address ?? "", proxyAddress, cancellation);
                var conversation = await db.LockOpenConversationAsync(account, sid, cancellation);
                var participant = await db.ConversationParticipants.SingleOrDefaultAsync(p => p.Sid == present.Sid, cancellation) ?? throw NotFound();
                change(participant);
                if (participant.Identity is { } identity && await db.ConversationParticipants
                        .AnyAsync(other => other.ConversationSid == sid && other.Identity == identity && other.Sid != participant.Sid, cancellation))
                    throw new TwilioException(MessagingError.ParticipantExists.ToApiError());
                if (binding is not null) await db.BindAsync(participant, binding, cancellation);
                participant.DateUpdated = clock.GetUtcNow();
                await db.SaveChangesAsync(cancellation);
                if (!tell) return participant;
                await events.OweAsync(db, ConversationEvent.OfParticipant(
                    "Updated", conversation, participant, ConversationEvent.Api, participant.DateUpdated), cancellation);
                return participant;
            }, cancellation);

    private static TwilioException NotFound() => new(MessagingError.ParticipantNotFound.ToApiError());
}
