using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>The receipts of conversation messages, and the media of inbound ones.</summary>
internal sealed class ConversationMessageDetails
{
    private readonly ILookup<Sid, ConversationReceipt> receipts;
    private readonly ILookup<Sid, AttachedMedia> media;

    private ConversationMessageDetails(ILookup<Sid, ConversationReceipt> receipts, ILookup<Sid, AttachedMedia> media) =>
        (this.receipts, this.media) = (receipts, media);

    /// <summary>Reads the receipts and media of all messages of a page.</summary>
    public static async Task<ConversationMessageDetails> ReadAsync(
        MessagingDb db, IReadOnlyCollection<ConversationMessage> messages, CancellationToken cancellation)
    {
        var sids = messages.Select(message => message.Sid).ToList();
        var sources = messages.Select(message => message.SourceSid).OfType<Sid>().ToList();
        var receipts = await db.Receipts(
            db.ConversationDeliveries.AsNoTracking().Where(delivery => sids.Contains(delivery.ConversationMessageSid)))
            .ToListAsync(cancellation);
        // The first media item of a message was stored last.
        var media = sources.Count == 0 ? [] : await (
            from stored in db.Media.AsNoTracking()
            join content in db.Set<MediaContent>() on stored.Sid equals content.Sid
            where sources.Contains(stored.MessageSid)
            orderby stored.Ordinal descending
            select new AttachedMedia(stored.MessageSid, stored.Sid, stored.ContentType, content.Bytes.Length))
                .ToListAsync(cancellation);
        return new(receipts.ToLookup(receipt => receipt.Delivery.ConversationMessageSid),
            media.ToLookup(item => item.MessageSid));
    }

    /// <summary>The delivery summary of a message; null when it had no recipients.</summary>
    public DeliverySummary? DeliveryOf(ConversationMessage message) =>
        DeliverySummary.Of([.. receipts[message.Sid].Select(receipt => receipt.Status)]);

    /// <summary>The media of the message, in their order.</summary>
    public IEnumerable<AttachedMedia> MediaOf(ConversationMessage message) =>
        message.SourceSid is { } source ? media[source] : [];
}

/// <summary>A media item of a conversation message.</summary>
/// <param name="MessageSid">The inbound message that it came with.</param>
/// <param name="Sid">SID with the prefix <c>ME</c>.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record AttachedMedia(Sid MessageSid, Sid Sid, string ContentType, int Size);
