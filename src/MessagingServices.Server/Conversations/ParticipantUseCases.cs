using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// Adds, changes and removes participants. A conversation has at most <see cref="ConversationParticipant.MaxBound"/>
/// with addresses and <see cref="ConversationParticipant.MaxChat"/> without. At most one conversation that is not
/// closed has a given pair of addresses, also under concurrent requests.
/// </summary>
internal sealed class ParticipantUseCases(
    MessagingDb db, ConversationEvents events, SidSource sids, EmulatorClock clock)
{
    /// <summary>Adds a participant.</summary>
    /// <param name="account">The account.</param>
    /// <param name="conversationName">The conversation's SID or unique name.</param>
    /// <param name="draft">The participant, with an identity or with both addresses.</param>
    /// <param name="notify">Whether to notify the conversation's webhooks.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">20001 when the conversation is closed; 50350, 50407, 50408, 50409, 50413,
    /// 50414, 50416, 50417, 50433.</exception>
    public Task<ConversationParticipant> AddAsync(
        Sid account, string conversationName, NewParticipant draft, bool notify, CancellationToken cancellation) =>
        ConversationEvents.InTransactionAsync(
            db, async () =>
            {
                var sid = await db.FindConversationSidAsync(account, conversationName, cancellation);
                var binding = draft.Address is null
                    ? null
                    : await db.LockBindingAsync(account, draft.Address, draft.ProxyAddress!, cancellation);
                var now = clock.Now(account);
                var conversation = await db.LockOpenConversationAsync(account, sid, cancellation);
                await CheckAsync(conversation, draft, cancellation);
                ConversationParticipant participant =
                    new(sids.New(SidPrefix.ConversationParticipant), account, sid, now)
                    {
                        Identity = draft.Identity,
                        Attributes = draft.Attributes,
                        RoleSid = draft.RoleSid,
                    };
                if (binding is not null) await db.BindAsync(participant, binding, cancellation);
                db.Add(participant);
                await db.SaveChangesAsync(cancellation);
                if (notify) await EnqueueAsync("Added", conversation, participant, now, cancellation);
                return participant;
            }, cancellation);

    /// <summary>Changes a participant. The sender that the handset sees stays.</summary>
    /// <param name="account">The account.</param>
    /// <param name="conversationName">The conversation's SID or unique name.</param>
    /// <param name="name">The participant's SID or identity.</param>
    /// <param name="change">Changes it.</param>
    /// <param name="notify">Whether to notify the conversation's webhooks.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">20001 when the conversation is closed; 50350, 50432, 50433.</exception>
    public Task<ConversationParticipant> UpdateAsync(
        Sid account, string conversationName, string name, Action<ConversationParticipant> change, bool notify,
         CancellationToken cancellation) => ConversationEvents.InTransactionAsync(
        db, async () =>
        {
            var sid = await db.FindConversationSidAsync(account, conversationName, cancellation);
            var conversation = await db.LockOpenConversationAsync(account, sid, cancellation);
            var participant = await db.ConversationParticipants.BySidOrIdentity(sid, name)
                .SingleOrDefaultAsync(cancellation) ?? throw NotFound();
            change(participant);
            if (participant.Identity is { } identity && await db.ConversationParticipants.AnyAsync(
                other => other.ConversationSid == sid && other.Identity == identity && other.Sid != participant.Sid,
                cancellation))
                throw new TwilioException(MessagingError.ParticipantExists.ToApiError());
            var now = participant.DateUpdated = clock.Now(account);
            await db.SaveChangesAsync(cancellation);
            if (notify) await EnqueueAsync("Updated", conversation, participant, now, cancellation);
            return participant;
        }, cancellation);

    /// <summary>Removes a participant. The messages of the participant stay.</summary>
    /// <param name="account">The account.</param>
    /// <param name="conversationName">The conversation's SID or unique name.</param>
    /// <param name="name">The participant's SID or identity.</param>
    /// <param name="notify">Whether to notify the conversation's webhooks.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">50350, 50432.</exception>
    public Task<ConversationParticipant> RemoveAsync(
        Sid account, string conversationName, string name, bool notify, CancellationToken cancellation) =>
        ConversationEvents.InTransactionAsync(
            db, async () =>
            {
                var conversation = await db.LockConversationAsync(account, conversationName, cancellation);
                var participant = await db.ConversationParticipants.BySidOrIdentity(conversation.Sid, name)
                    .SingleOrDefaultAsync(cancellation) ?? throw NotFound();
                db.Remove(participant);
                await db.SaveChangesAsync(cancellation);
                if (notify) await EnqueueAsync("Removed", conversation, participant, clock.Now(account), cancellation);
                return participant;
            }, cancellation);

    private async Task CheckAsync(Conversation conversation, NewParticipant draft, CancellationToken cancellation)
    {
        var present = db.ConversationParticipants
            .Where(participant => participant.ConversationSid == conversation.Sid);
        if (draft.Identity is { } identity
            && await present.AnyAsync(participant => participant.Identity == identity, cancellation))
            throw new TwilioException(MessagingError.ParticipantExists.ToApiError());
        var isFull = draft.Address is null
            ? await present.CountAsync(participant => participant.Address == null, cancellation)
                >= ConversationParticipant.MaxChat
            : await present.CountAsync(participant => participant.Address != null, cancellation)
                >= ConversationParticipant.MaxBound;
        if (isFull) throw new TwilioException(MessagingError.TooManyParticipants.ToApiError());
    }

    private Task EnqueueAsync(
        string change, Conversation conversation, ConversationParticipant participant, DateTimeOffset now,
        CancellationToken cancellation) => events.EnqueueAsync(
        db, ConversationEvent.OfParticipant(change, conversation, participant, ConversationEvent.Api, now),
        cancellation);

    private static TwilioException NotFound() => new(MessagingError.ParticipantNotFound.ToApiError());
}

/// <summary>A participant to add: with an identity, or with a pair of addresses.</summary>
internal sealed record NewParticipant
{
    /// <summary>The application's name for a participant who chats; null for others.</summary>
    public string? Identity { get; init; }

    /// <summary>The handset's address, as the caller wrote it.</summary>
    public string? Address { get; init; }

    /// <summary>The sender's address, as the caller wrote it.</summary>
    public string? ProxyAddress { get; init; }

    /// <summary>The application's own data, JSON.</summary>
    public string Attributes { get; init; } = "{}";

    /// <summary>The role that the application gives the participant.</summary>
    public Sid? RoleSid { get; init; }
}
