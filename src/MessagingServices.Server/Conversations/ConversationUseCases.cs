using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Creates, changes and deletes conversations.</summary>
internal sealed class ConversationUseCases(
    MessagingDb db, MessagingServiceCache services, ConversationEvents events, SidSource sids, EmulatorClock clock)
{
    /// <summary>Creates a conversation without participants.</summary>
    /// <param name="account">The account that owns it.</param>
    /// <param name="configure">Sets the values that differ from the defaults.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">21701 when the account has no such Messaging Service; 50353 when another
    /// conversation has the unique name.</exception>
    public async Task<Conversation> CreateAsync(
        Sid account, Action<Conversation> configure, CancellationToken cancellation)
    {
        Conversation conversation = new(sids.New(SidPrefix.Conversation), account, clock.Now(account));
        configure(conversation);
        await CheckServiceAsync(conversation, cancellation);
        return await db.TryAddAsync(conversation, cancellation) ? conversation : throw NameTaken();
    }

    /// <summary>
    /// Changes a conversation. One that becomes closed releases the address pairs of its participants.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="name">The SID or the unique name.</param>
    /// <param name="change">Changes the conversation. An error leaves the conversation as it was.</param>
    /// <param name="notify">Whether to notify the conversation's webhooks.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>Null when the account has no such conversation.</returns>
    /// <exception cref="TwilioException">20001 when the change opens a closed conversation; 21701 when the account has
    /// no such Messaging Service; 50353 when another conversation has the unique name.</exception>
    public Task<Conversation?> UpdateAsync(
        Sid account, string name, Func<Conversation, ApiError?> change, bool notify, CancellationToken cancellation) =>
        ConversationEvents.InTransactionAsync(
            db, async () =>
            {
                if (await LockAsync(account, name, cancellation) is not { } conversation) return null;
                var (service, before) = (conversation.MessagingServiceSid, conversation.State);
                if (change(conversation) is { } error) throw new TwilioException(error);
                if (conversation.MessagingServiceSid != service) await CheckServiceAsync(conversation, cancellation);
                var now = conversation.DateUpdated = clock.Now(account);
                if (!await db.TrySaveAsync(conversation, cancellation)) throw NameTaken();
                if (conversation.State == ConversationState.Closed)
                    await db.ReleasePairsAsync(conversation.Sid, cancellation);
                if (!notify) return conversation;
                await events.EnqueueAsync(
                    db, ConversationEvent.OfConversation("Updated", conversation, now), cancellation);
                if (before != conversation.State)
                {
                    await events.EnqueueAsync(
                        db, ConversationEvent.OfState(conversation, before, ConversationEvent.Api, now), cancellation);
                }

                return conversation;
            }, cancellation);

    /// <summary>
    /// Deletes a conversation with its participants, its messages, and the webhooks that were delivered for it. The
    /// messages that went to handsets stay, and pending webhooks are still delivered.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="name">The SID or the unique name.</param>
    /// <param name="notify">Whether to notify the conversation's webhooks.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>False when the account has no such conversation.</returns>
    public Task<bool> DeleteAsync(Sid account, string name, bool notify, CancellationToken cancellation) =>
        ConversationEvents.InTransactionAsync(
            db, async () =>
            {
                if (await LockAsync(account, name, cancellation) is not { } conversation) return false;
                var sid = conversation.Sid;
                if (notify)
                {
                    await events.EnqueueAsync(
                        db, ConversationEvent.OfConversation("Removed", conversation, clock.Now(account)),
                        cancellation);
                }

                await db.Webhooks.Where(webhook => webhook.Outcome != WebhookOutcome.Pending
                    && db.ConversationWebhooks.Any(
                        target => target.ConversationSid == sid && target.Sid == webhook.MessageSid))
                    .ExecuteDeleteAsync(cancellation);
                db.NoteChange(new(EventTypes.ConversationUpdated, account, sid.Value)
                {
                    Subject = new DeletedThing(sid, account), MessagingServiceSid = conversation.MessagingServiceSid,
                });
                return await db.Conversations.Where(found => found.Sid == sid).ExecuteDeleteAsync(cancellation) > 0;
            }, cancellation);

    private async Task<Conversation?> LockAsync(Sid account, string name, CancellationToken cancellation) =>
        await db.Conversations.BySidOrName(account, name).Select(found => (Sid?)found.Sid)
            .SingleOrDefaultAsync(cancellation) is { } sid
            ? await db.LockConversationAsync(account, sid, cancellation)
            : null;

    private async Task CheckServiceAsync(Conversation conversation, CancellationToken cancellation)
    {
        if (conversation.MessagingServiceSid is { } service
            && await services.FindAsync(conversation.AccountSid, service, cancellation) is null)
            throw new TwilioException(MessagingError.UnknownService.ToApiError());
    }

    private static TwilioException NameTaken() => new(MessagingError.UniqueNameTaken.ToApiError());
}
