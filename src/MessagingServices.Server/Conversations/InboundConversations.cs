using MessagingServices.Domain;
using MessagingServices.Domain.Conversations;
using MessagingServices.Domain.Media;
using MessagingServices.Domain.Messages;
using MessagingServices.Domain.Services;
using MessagingServices.Server.Persistence;
using MessagingServices.Server.Persistence.Batches;
using MessagingServices.Server.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// Inbound messages that become part of a conversation: that of their pair of addresses, or a new one where the receiving sender is set so. Source:
/// https://www.twilio.com/docs/conversations/inbound-autocreation.
/// </summary>
public sealed class InboundConversations(ConversationRelay relay, SidSource sids)
{
    /// <summary>Whether a conversation takes the message, so that no webhook for inbound messages is owed.</summary>
    /// <param name="db">Where that is read.</param>
    /// <param name="inbound">The message.</param>
    /// <param name="service">The Messaging Service in whose pool the receiving sender is, if any.</param>
    /// <param name="cancellation">Ends the question.</param>
    public async Task<bool> TakesAsync(MessagingDb db, Message inbound, MessagingService? service, CancellationToken cancellation)
    {
        var (account, handset, sender) = (inbound.AccountSid, inbound.From!, inbound.To);
        return service is { AutocreatesConversations: true }
            || await db.ConversationParticipants.Holding(account, handset, sender).AnyAsync(cancellation)
            || await db.AddressConfigurations.AnyAsync(
                configuration => configuration.AccountSid == account && configuration.Address == sender && configuration.AutoCreates, cancellation);
    }

    /// <summary>
    /// Adds a message that a conversation takes, once: to the conversation of its pair, or to a new one. It goes to the other participants too, within the
    /// same transaction.
    /// </summary>
    /// <param name="work">The transaction in which the message, or the last of its media, is stored.</param>
    /// <param name="inbound">The message.</param>
    /// <param name="media">Its media; they may be stored by this transaction only.</param>
    /// <param name="now">The emulator's time.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task AddAsync(
        PipelineTransaction work, Message inbound, IReadOnlyList<StoredMedia> media, DateTimeOffset now, CancellationToken cancellation)
    {
        await work.Db.LockPairAsync(inbound.AccountSid, inbound.From!, inbound.To, cancellation);
        var (conversation, author) = await LockHolderAsync(work.Db, inbound, cancellation) ?? Begin(work.Db, inbound, now);
        ConversationMessage message = new(
            sids.New(SidPrefix.ConversationMessage), inbound.AccountSid, conversation.Sid, conversation.TakeIndex(now), inbound.From!, now)
        {
            ParticipantSid = author.Sid,
            Body = inbound.Body.Length > 0 ? inbound.Body : null,
            SourceSid = inbound.Sid,
        };
        work.Db.Add(message);
        await work.Db.SaveChangesAsync(cancellation);
        await relay.SendAsync(work, conversation, message, relay.UrlsOf(media), now, cancellation);
    }

    /// <summary>The conversation of the message's pair, locked, and the participant with the pair; null when there is none.</summary>
    private static async Task<(Conversation, ConversationParticipant)?> LockHolderAsync(MessagingDb db, Message inbound, CancellationToken cancellation)
    {
        var holders = db.ConversationParticipants.AsNoTracking().Holding(inbound.AccountSid, inbound.From!, inbound.To);
        while (await holders.SingleOrDefaultAsync(cancellation) is { } found)
        {
            // It may be closed or deleted, or lose the participant, until it is locked; nobody else begins one meanwhile.
            if (await db.LockConversationAsync(found.AccountSid, found.ConversationSid, cancellation) is { } conversation
                && await holders.SingleOrDefaultAsync(cancellation) is { } holder && holder.Sid == found.Sid)
                return (conversation, holder);
        }

        return null;
    }

    private (Conversation, ConversationParticipant) Begin(MessagingDb db, Message inbound, DateTimeOffset now)
    {
        Conversation conversation = new(sids.New(SidPrefix.Conversation), inbound.AccountSid, now)
        {
            FriendlyName = inbound.From,
            MessagingServiceSid = inbound.MessagingServiceSid,
        };
        ConversationParticipant participant = new(sids.New(SidPrefix.ConversationParticipant), inbound.AccountSid, conversation.Sid, now);
        participant.Bind(inbound.From!, inbound.To);
        db.AddRange(conversation, participant);
        return (conversation, participant);
    }
}
