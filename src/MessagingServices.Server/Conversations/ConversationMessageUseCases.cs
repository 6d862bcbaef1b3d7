using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>Adds, changes and removes the messages of conversations.</summary>
internal sealed class ConversationMessageUseCases(
    MessageTransactions transactions, ConversationFanOut fanOut, ConversationEvents events, SidSource sids,
    EmulatorClock clock)
{
    /// <summary>
    /// Adds a message of the application, and sends it to all participants with addresses but its author, in one
    /// transaction.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="conversationName">The conversation's SID or unique name.</param>
    /// <param name="draft">The message.</param>
    /// <param name="notify">Whether to notify the conversation's webhooks.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <exception cref="TwilioException">20001 when the conversation is closed; 50350.</exception>
    public async Task<ConversationMessage> AddAsync(
        Sid account, string conversationName, NewConversationMessage draft, bool notify, CancellationToken cancellation)
    {
        await using var work = await transactions.BeginAsync(cancellation);
        var sid = await work.Db.FindConversationSidAsync(account, conversationName, cancellation);
        var conversation = await work.Db.LockOpenConversationAsync(account, sid, cancellation);
        var now = clock.Now(account);
        var before = conversation.State;
        var author = await work.Db.ConversationParticipants.AsNoTracking()
            .Where(participant => participant.ConversationSid == sid
                && (participant.Identity == draft.Author || participant.Address == draft.Author))
            .OrderBy(participant => participant.Ordinal).FirstOrDefaultAsync(cancellation);
        ConversationMessage message =
            new(sids.New(SidPrefix.ConversationMessage), account, sid, conversation.TakeIndex(now), now)
            {
                Author = draft.Author,
                ParticipantSid = author?.Sid,
                Body = draft.Body,
                ContentSid = draft.ContentSid,
                Attributes = draft.Attributes,
            };
        work.Db.Add(message);
        await work.Db.SaveChangesAsync(cancellation);
        await fanOut.SendAsync(work, conversation, message, draft.MediaUrls, now, cancellation);
        if (notify)
        {
            await EnqueueAsync(work.Db, "Added", conversation, message, now, cancellation);
            if (before != conversation.State)
            {
                await events.EnqueueAsync(
                    work.Db, ConversationEvent.OfState(conversation, before, "EVENT", now), cancellation);
            }
        }

        await work.CommitAsync(cancellation);
        return message;
    }

    /// <summary>
    /// Changes a message; null when the conversation has no such message. Messages that went to handsets do not change.
    /// </summary>
    /// <exception cref="TwilioException">50350.</exception>
    public Task<ConversationMessage?> UpdateAsync(
        Sid account, string conversationName, Sid message, Action<ConversationMessage> change, bool notify,
        CancellationToken cancellation) =>
        ChangeAsync(account, conversationName, message, "Updated", notify, (_, found, now) =>
        {
            change(found);
            found.DateUpdated = now;
        }, cancellation);

    /// <summary>
    /// Removes a message; false when the conversation has no such message. No other message gets its index.
    /// </summary>
    /// <exception cref="TwilioException">50350.</exception>
    public async Task<bool> RemoveAsync(
        Sid account, string conversationName, Sid message, bool notify, CancellationToken cancellation) =>
        await ChangeAsync(
            account, conversationName, message, "Removed", notify, (db, found, _) => db.Remove(found),
            cancellation) is not null;

    private async Task<ConversationMessage?> ChangeAsync(
        Sid account, string conversationName, Sid message, string change, bool notify,
        Action<MessagingDb, ConversationMessage, DateTimeOffset> apply, CancellationToken cancellation)
    {
        await using var work = await transactions.BeginAsync(cancellation);
        var conversation = await work.Db.LockConversationAsync(account, conversationName, cancellation);
        var found = await work.Db.ConversationMessages.SingleOrDefaultAsync(
            present => present.Sid == message && present.ConversationSid == conversation.Sid, cancellation);
        if (found is null) return null;
        var now = clock.Now(account);
        apply(work.Db, found, now);
        await work.Db.SaveChangesAsync(cancellation);
        if (notify) await EnqueueAsync(work.Db, change, conversation, found, now, cancellation);
        await work.CommitAsync(cancellation);
        return found;
    }

    private Task EnqueueAsync(
        MessagingDb db, string change, Conversation conversation, ConversationMessage message, DateTimeOffset now,
        CancellationToken cancellation) => events.EnqueueAsync(
        db, ConversationEvent.OfMessage(change, conversation, message, ConversationEvent.Api, now), cancellation);
}

/// <summary>A message that the application adds to a conversation.</summary>
internal sealed record NewConversationMessage
{
    /// <summary>An identity, or any other name.</summary>
    public string Author { get; init; } = ConversationMessage.DefaultAuthor;

    /// <summary>The text; null when there is none.</summary>
    public string? Body { get; init; }

    /// <summary>The URLs of the media of a content template.</summary>
    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    /// <summary>The content template of the text and the media.</summary>
    public Sid? ContentSid { get; init; }

    /// <summary>The application's own data, JSON.</summary>
    public string Attributes { get; init; } = "{}";
}
