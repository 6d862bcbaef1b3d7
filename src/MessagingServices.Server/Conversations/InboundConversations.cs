using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// Adds inbound messages to conversations: to the conversation of their pair of addresses, or to a new one if the
/// receiving sender is configured so. Source: https://www.twilio.com/docs/conversations/inbound-autocreation.
/// </summary>
internal sealed class InboundConversations(ConversationFanOut fanOut, ConversationEvents events, SidSource sids)
{
    /// <summary>
    /// Whether the address or the Messaging Service is configured to begin a conversation for a message whose pair has
    /// none.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="inbound">The message.</param>
    /// <param name="service">The Messaging Service in whose pool the receiving sender is, if any.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public static async Task<bool> AutocreatesAsync(
        MessagingDb db, Message inbound, MessagingService? service, CancellationToken cancellation)
    {
        var (account, sender) = (inbound.AccountSid, inbound.To);
        return service is { AutocreatesConversations: true } || await db.AddressConfigurations.AnyAsync(
            configuration => configuration.AccountSid == account && configuration.Address == sender
                && configuration.AutoCreates, cancellation);
    }

    /// <summary>
    /// Whether a conversation has the message's pair now. It takes no lock, so the result can be outdated at once.
    /// </summary>
    public static Task<bool> HoldsAsync(MessagingDb db, Message inbound, CancellationToken cancellation) =>
        db.ConversationParticipants.WithBinding(inbound.AccountSid, inbound.From!, inbound.To).AnyAsync(cancellation);

    /// <summary>
    /// Adds a message, once, to the conversation of its pair, or to a new one. Sends it to the other participants
    /// within the same transaction.
    /// </summary>
    /// <param name="work">The transaction in which the message, or the last of its media, is stored.</param>
    /// <param name="inbound">The message.</param>
    /// <param name="media">Its media; other transactions need not see them yet.</param>
    /// <param name="autocreates">Whether it begins a conversation when none has its pair.</param>
    /// <param name="now">The emulator's time.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>False when no conversation takes the message; then nothing was added.</returns>
    public async Task<bool> AddAsync(
        MessageTransaction work, Message inbound, IReadOnlyList<StoredMedia> media, bool autocreates,
        DateTimeOffset now, CancellationToken cancellation)
    {
        await work.Db.LockPairAsync(inbound.AccountSid, inbound.From!, inbound.To, cancellation);
        var holder = await LockHolderAsync(work.Db, inbound, cancellation);
        if (holder is null && !autocreates) return false;
        var (conversation, author) = holder ?? await BeginAsync(work.Db, inbound, now, cancellation);
        var before = conversation.State;
        ConversationMessage message = new(
            sids.New(SidPrefix.ConversationMessage), inbound.AccountSid, conversation.Sid, conversation.TakeIndex(now),
            now)
        {
            Author = inbound.From!,
            ParticipantSid = author.Sid,
            Body = inbound.Body.Length > 0 ? inbound.Body : null,
            SourceSid = inbound.Sid,
        };
        work.Db.Add(message);
        await work.Db.SaveChangesAsync(cancellation);
        await fanOut.SendAsync(work, conversation, message, fanOut.UrlsOf(media), now, cancellation);
        await events.EnqueueAsync(
            work.Db, ConversationEvent.OfMessage("Added", conversation, message, ConversationEvent.SourceOf(inbound),
                now, media), cancellation);
        if (before != conversation.State)
            await events.EnqueueAsync(
                work.Db, ConversationEvent.OfState(conversation, before, "EVENT", now), cancellation);
        return true;
    }

    /// <summary>
    /// The conversation of the message's pair, locked, and the participant with the pair; null when there is none.
    /// </summary>
    private static async Task<(
        Conversation, ConversationParticipant)?> LockHolderAsync(MessagingDb db, Message inbound,
        CancellationToken cancellation)
    {
        var holders = db.ConversationParticipants.AsNoTracking()
            .WithBinding(inbound.AccountSid, inbound.From!, inbound.To);
        while (await holders.SingleOrDefaultAsync(cancellation) is { } found)
        {
            // Before the lock, another request can close or delete it, or remove the participant. The lock of the pair
            // keeps others from beginning a new one.
            if (await db.LockConversationAsync(
                found.AccountSid, found.ConversationSid, cancellation) is { } conversation
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
        ConversationParticipant participant = new(
            sids.New(SidPrefix.ConversationParticipant), inbound.AccountSid, conversation.Sid, now);
        participant.Bind(inbound.From!, inbound.To);
        db.AddRange(conversation, participant);
        var configuration = await db.AddressConfigurations.AsNoTracking().SingleOrDefaultAsync(
            found => found.AccountSid == inbound.AccountSid && found.Address == inbound.To && found.AutoCreates
                && found.AutoCreationType == AutoCreationType.Webhook && found.WebhookUrl != null, cancellation);
        if (configuration is not null)
        {
            db.Add(new ConversationWebhook(
                sids.New(SidPrefix.Webhook), inbound.AccountSid, conversation.Sid,
                ConversationWebhookTarget.Webhook, now)
            {
                Url = configuration.WebhookUrl,
                Method = configuration.WebhookMethod,
                Filters = configuration.WebhookFilters,
            });
        }

        await db.SaveChangesAsync(cancellation);
        await events.EnqueueAsync(
            db, ConversationEvent.OfParticipant("Added", conversation, participant,
                ConversationEvent.SourceOf(inbound), now), cancellation);
        return (conversation, participant);
    }
}
