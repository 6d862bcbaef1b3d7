using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>What belongs to messages of conversations besides what is stored with them: how they fared, and the media of inbound ones.</summary>
internal sealed class ConversationMessageDetails
{
    private readonly ILookup<Sid, ConversationReceipt> receipts;
    private readonly ILookup<Sid, AttachedMedia> media;

    private ConversationMessageDetails(ILookup<Sid, ConversationReceipt> receipts, ILookup<Sid, AttachedMedia> media) =>
        (this.receipts, this.media) = (receipts, media);

    /// <summary>Reads what belongs to the messages of a page.</summary>
    public static async Task<ConversationMessageDetails> ReadAsync(
        MessagingDb db, IReadOnlyCollection<ConversationMessage> messages, CancellationToken cancellation)
    {
        var sids = messages.Select(message => message.Sid).ToList();
        var sources = messages.Select(message => message.SourceSid).OfType<Sid>().ToList();
        var receipts = await db.Receipts(db.ConversationDeliveries.AsNoTracking().Where(delivery => sids.Contains(delivery.ConversationMessageSid)))
            .ToListAsync(cancellation);
        // Of one message the first medium has the last place.
        var media = sources.Count == 0 ? [] : await (
            from stored in db.Media.AsNoTracking()
            join content in db.Set<MediaContent>() on stored.Sid equals content.Sid
            where sources.Contains(stored.MessageSid)
            orderby stored.Ordinal descending
            select new AttachedMedia(stored.MessageSid, stored.Sid, stored.ContentType, content.Bytes.Length)).ToListAsync(cancellation);
        return new(receipts.ToLookup(receipt => receipt.Delivery.ConversationMessageSid), media.ToLookup(item => item.MessageSid));
    }

    /// <summary>How far the message got; null when it went to nobody.</summary>
    public DeliverySummary? DeliveryOf(ConversationMessage message) =>
        DeliverySummary.Of([.. receipts[message.Sid].Select(receipt => receipt.Status)]);

    /// <summary>The media of the message, in their order.</summary>
    public IEnumerable<AttachedMedia> MediaOf(ConversationMessage message) => message.SourceSid is { } source ? media[source] : [];
}

/// <summary>A medium of a message of a conversation.</summary>
/// <param name="MessageSid">The inbound message that it came with.</param>
/// <param name="Sid">SID with the prefix <c>ME</c>.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Size">Its bytes.</param>
internal sealed record AttachedMedia(Sid MessageSid, Sid Sid, string ContentType, int Size);
