using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// Says something in a conversation for the application. It goes to everybody who is reached by messages, but its author; that is committed with it.
/// </summary>
internal sealed class AddConversationMessage(
    MessageTransactions transactions, ConversationFanOut relay, ConversationEvents events, SidSource sids, EmulatorClock clock)
{
    /// <summary>Adds.</summary>
    /// <param name="account">The account.</param>
    /// <param name="conversationName">The conversation's SID or unique name.</param>
    /// <param name="draft">What is said.</param>
    /// <param name="tell">Whether the conversation's webhooks are told.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="TwilioException">20001 when the conversation is closed; 50350.</exception>
    public async Task<ConversationMessage> AddAsync(
        Sid account, string conversationName, NewConversationMessage draft, bool tell, CancellationToken cancellation)
    {
        await using var work = await transactions.BeginAsync(cancellation);
        await work.Db.TouchMessageQueueAsync(cancellation);
        var sid = await work.Db.FindConversationSidAsync(account, conversationName, cancellation);
        var conversation = await work.Db.LockOpenConversationAsync(account, sid, cancellation);
        var now = clock.GetUtcNow();
        var was = conversation.State;
        var author = await work.Db.ConversationParticipants.AsNoTracking()
            .Where(participant => participant.ConversationSid == sid && (participant.Identity == draft.Author || participant.Address == draft.Author))
            .OrderBy(participant => participant.Ordinal).FirstOrDefaultAsync(cancellation);
        ConversationMessage message = new(sids.New(SidPrefix.ConversationMessage), account, sid, conversation.TakeIndex(now), now)
        {
            Author = draft.Author,
            ParticipantSid = author?.Sid,
            Body = draft.Body,
            ContentSid = draft.ContentSid,
            Attributes = draft.Attributes,
        };
        work.Db.Add(message);
        await work.Db.SaveChangesAsync(cancellation);
        await relay.SendAsync(work, conversation, message, draft.MediaUrls, now, cancellation);
        if (tell)
        {
            await events.OweAsync(work.Db, ConversationEvent.OfMessage("Added", conversation, message, ConversationEvent.Api, now), cancellation);
            if (was != conversation.State) await events.OweAsync(work.Db, ConversationEvent.OfState(conversation, was, "EVENT", now), cancellation);
        }

        await work.CommitAsync(cancellation);
        return message;
    }
}
