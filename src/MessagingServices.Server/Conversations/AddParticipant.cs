using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// Lets somebody join a conversation, at most <see cref="ConversationParticipant.MaxBound"/> with addresses and
/// <see cref="ConversationParticipant.MaxChat"/> without. A pair of addresses is in one conversation that is not closed, however many callers add it at once.
/// </summary>
internal sealed class AddParticipant(MessagingDb db, ConversationEvents events, SidSource sids, EmulatorClock clock)
{
    /// <summary>Adds.</summary>
    /// <param name="account">The account.</param>
    /// <param name="conversationName">The conversation's SID or unique name.</param>
    /// <param name="draft">Who joins; with an identity or with both addresses.</param>
    /// <param name="tell">Whether the conversation's webhooks are told.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="TwilioException">20001 when the conversation is closed; 50350, 50407, 50408, 50409, 50413, 50414, 50416, 50417, 50433.</exception>
    public Task<ConversationParticipant> AddAsync(
        Sid account, string conversationName, NewParticipant draft, bool tell, CancellationToken cancellation) =>
        ConversationEvents.InTransactionAsync(db, () => JoinAsync(account, conversationName, draft, tell, cancellation), cancellation);

    private async Task<ConversationParticipant> JoinAsync(
        Sid account, string conversationName, NewParticipant draft, bool tell, CancellationToken cancellation)
    {
        var sid = await db.FindConversationSidAsync(account, conversationName, cancellation);
        var binding = draft.Address is null
            ? null
            : await db.LockBindingAsync(account, draft.Address, draft.ProxyAddress!, cancellation);
        var now = clock.GetUtcNow();
        var conversation = await db.LockOpenConversationAsync(account, sid, cancellation);
        await CheckAsync(conversation, draft, cancellation);
        ConversationParticipant participant = new(sids.New(SidPrefix.ConversationParticipant), account, sid, now)
        {
            Identity = draft.Identity,
            Attributes = draft.Attributes,
            RoleSid = draft.RoleSid,
        };
        if (binding is not null) await db.BindAsync(participant, binding, cancellation);
        db.Add(participant);
        await db.SaveChangesAsync(cancellation);
        if (tell)
            await events.OweAsync(db, ConversationEvent.OfParticipant("Added", conversation, participant, ConversationEvent.Api, now), cancellation);
        return participant;
    }

    private async Task CheckAsync(Conversation conversation, NewParticipant draft, CancellationToken cancellation)
    {
        var present = db.ConversationParticipants.Where(participant => participant.ConversationSid == conversation.Sid);
        if (draft.Identity is { } identity && await present.AnyAsync(participant => participant.Identity == identity, cancellation))
            throw new TwilioException(MessagingError.ParticipantExists.ToApiError());
        var (count, most) = draft.Address is null
            ? (await present.CountAsync(participant => participant.Address == null, cancellation), ConversationParticipant.MaxChat)
            : (await present.CountAsync(participant => participant.Address != null, cancellation), ConversationParticipant.MaxBound);
        if (count >= most) throw new TwilioException(MessagingError.TooManyParticipants.ToApiError());
    }
}
