using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using MessagingServices.Server.Outbound.Selection;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// Sends a message of a conversation to all its participants with addresses, but not to the author. They are ordinary
/// messages, each from the sender that the participant sees, through the conversation's Messaging Service if it has
/// one.
/// </summary>
internal sealed class ConversationFanOut(
    MessagingServiceCache services, SidSource sids, LocalMedia localMedia)
{
    /// <summary>The URLs from which the media of an inbound message can be fetched again.</summary>
    public IReadOnlyList<string> UrlsOf(IReadOnlyList<StoredMedia> media) =>
        [.. media.Select(localMedia.UrlOf)];

    /// <summary>Sends a message within a transaction that has locked the conversation.</summary>
    /// <param name="work">The transaction, in which the message itself is stored already.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="message">The message.</param>
    /// <param name="mediaUrls">The URLs of its media, at most ten.</param>
    /// <param name="now">The emulator's time.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task SendAsync(
        MessageTransaction work, Conversation conversation, ConversationMessage message,
        IReadOnlyList<string> mediaUrls, DateTimeOffset now, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(message.Body) && mediaUrls.Count == 0) return;
        var recipients = await work.Db.ConversationParticipants.AsNoTracking()
            .Where(participant => participant.ConversationSid == conversation.Sid && participant.Address != null)
            .OrderBy(participant => participant.Ordinal).ToListAsync(cancellation);
        recipients.RemoveAll(
            participant => participant.Sid == message.ParticipantSid || participant.IsAuthor(message.Author));
        var service = conversation.MessagingServiceSid is { } named
            ? await services.FindAsync(conversation.AccountSid, named, cancellation) : null;
        foreach (var participant in recipients)
        {
            var (sender, error) = await FindSenderAsync(work.Db, participant, mediaUrls.Count > 0, cancellation);
            Message? outgoing = null;
            if (sender is not null)
            {
                var sid = sids.New(SidPrefix.OfMessage(mediaUrls.Count > 0));
                outgoing = Message.Accept(
                    OutboundMessage.Create(
                        sid, conversation.AccountSid, participant.Address!, message.Body ?? "", sender, service)
                    with
                    {
                        MediaUrls = mediaUrls,
                        ContentSid = message.ContentSid,
                        Options = message.ContentSid is null ? MessageOptions.None : MessageOptions.Template,
                    }, now);
                work.Batch.Send(outgoing);
            }

            work.Db.Add(new ConversationDelivery(
                sids.New(SidPrefix.ConversationDelivery), conversation.AccountSid, message.Sid, participant.Sid, now)
            {
                MessageSid = outgoing?.Sid,
                ErrorCode = error?.Error.Code,
            });
        }

        await work.Db.SaveChangesAsync(cancellation);
    }

    /// <summary>
    /// The sender that a participant sees; or the error when the account does not have it any more, or it does not
    /// reach the participant.
    /// </summary>
    private static async Task<(PoolSender? Sender, ApiError? Error)> FindSenderAsync(
        MessagingDb db, ConversationParticipant participant, bool hasMedia, CancellationToken cancellation)
    {
        // An automatic conversation has the addresses of its first message. Not every such address can receive
        // messages.
        var (recipient, unreachable) = RecipientAddress.Parse(participant.Address!);
        if (recipient is null) return (null, unreachable);
        var sender = SenderAddress.Parse(participant.ProxyAddress!) is { } proxy
            ? await db.FindSenderAsync(participant.AccountSid, proxy, recipient.Country, cancellation)
            : null;
        if (sender is null) return (null, MessagingError.UnusableFrom.ToApiError(participant.ProxyAddress));
        return SenderReach.ApiError(sender, recipient, hasMedia) is { } error ? (null, error) : (sender, null);
    }
}
