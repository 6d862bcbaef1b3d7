using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// Inbound messages that become part of a conversation: that of their pair of addresses, or a new one where the receiving sender is set so. Source:
/// https://www.twilio.com/docs/conversations/inbound-autocreation.
/// </summary>
internal sealed class InboundConversations(ConversationFanOut relay, ConversationEvents events, SidSource sids)
{
    /// <summary>Whether the message begins a conversation when none has its pair: the address or the Messaging Service is set so.</summary>
    /// <param name="db">Where that is read.</param>
    /// <param name="inbound">The message.</param>
    /// <param name="service">The Messaging Service in whose pool the receiving sender is, if any.</param>
    /// <param name="cancellation">Ends the question.</param>
    public static async Task<bool> AutocreatesAsync(MessagingDb db, Message inbound, MessagingService? service, CancellationToken cancellation)
    {
        var (account, sender) = (inbound.AccountSid, inbound.To);
        return service is { AutocreatesConversations: true } || await db.AddressConfigurations.AnyAsync(
            configuration => configuration.AccountSid == account && configuration.Address == sender && configuration.AutoCreates, cancellation);
    }

    /// <summary>Whether a conversation has the message's pair now; nothing is locked, so that it may be closed or deleted the next moment.</summary>
    public static Task<bool> HoldsAsync(MessagingDb db, Message inbound, CancellationToken cancellation) =>
        db.ConversationParticipants.Holding(inbound.AccountSid, inbound.From!, inbound.To).AnyAsync(cancellation);

    /// <summary>
    /// Adds a message, once: to the conversation of its pair, or to a new one. It goes to the other participants too, within the same transaction.
    /// </summary>
    /// <param name="work">The transaction in which the message, or the last of its media, is stored.</param>
    /// <param name="inbound">The message.</param>
    /// <param name="media">Its media; they may be stored by this transaction only.</param>
    /// <param name="autocreates">Whether it begins a conversation when none has its pair.</param>
    /// <param name="now">The emulator's time.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False when no conversation takes it: then nothing was added.</returns>
    public async Task<bool> AddAsync(
        MessageTransaction work, Message inbound, IReadOnlyList<StoredMedia> media, bool autocreates, DateTimeOffset now, CancellationToken cancellation)
    {
        await work.Db.LockPairAsync(inbound.AccountSid, inbound.From!, inbound.To, cancellation);
        var holder = await LockHolderAsync(work.Db, inbound, cancellation);
        if (holder is null && !autocreates) return false;
        var (conversation, author) = holder ?? await BeginAsync(work.Db, inbound, now, cancellation);
        var was = conversation.State;
        ConversationMessage message = new(
            sids.New(SidPrefix.ConversationMessage), inbound.AccountSid, conversation.Sid, conversation.TakeIndex(now), now)
        {
            Author = inbound.From!,
            ParticipantSid = author.Sid,
            Body = inbound.Body.Length > 0 ? inbound.Body : null,
            SourceSid = inbound.Sid,
        };
        work.Db.Add(message);
        await work.Db.SaveChangesAsync(cancellation);
        await relay.SendAsync(work, conversation, message, relay.UrlsOf(media), now, cancellation);
        await events.OweAsync(
            work.Db, ConversationEvent.OfMessage("Added", conversation, message, ConversationEvent.SourceOf(inbound), now, media), cancellation);
        if (was != conversation.State) await events.OweAsync(work.Db, ConversationEvent.OfState(conversation, was, "EVENT", now), cancellation);
        return true;
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

    private async Task<(Conversation, ConversationParticipant)> BeginAsync(
        MessagingDb db, Message inbound, DateTimeOffset now, CancellationToken cancellation)
    {
        Conversation conversation = new(sids.New(SidPrefix.Conversation), inbound.AccountSid, now)
        {
            FriendlyName = inbound.From,
            MessagingServiceSid = inbound.MessagingServiceSid,
        };
        ConversationParticipant participant = new(sids.New(SidPrefix.ConversationParticipant), inbound.AccountSid, conversation.Sid, now);
        participant.Bind(inbound.From!, inbound.To);
        db.AddRange(conversation, participant);
        var told = await db.AddressConfigurations.AsNoTracking().SingleOrDefaultAsync(
            found => found.AccountSid == inbound.AccountSid && found.Address == inbound.To && found.AutoCreates
                && found.AutoCreationType == AutoCreationType.Webhook && found.WebhookUrl != null, cancellation);
        if (told is not null)
        {
            db.Add(new ConversationWebhook(sids.New(SidPrefix.Webhook), inbound.AccountSid, conversation.Sid, told.WebhookUrl!, now)
            {
                Method = told.WebhookMethod,
                Filters = told.WebhookFilters,
            });
        }

        await db.SaveChangesAsync(cancellation);
        await events.OweAsync(
            db, ConversationEvent.OfParticipant("Added", conversation, participant, ConversationEvent.SourceOf(inbound), now), cancellation);
        return (conversation, participant);
    }
}
