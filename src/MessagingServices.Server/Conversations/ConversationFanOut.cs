using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using MessagingServices.Server.Outbound.Selection;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Conversations;

/// <summary>
/// Sends what is said in a conversation to everybody there who is reached by messages, but its author: as ordinary messages from the senders that they
/// see, through the conversation's Messaging Service when it has one.
/// </summary>
internal sealed class ConversationFanOut(MessagingServiceCache services, SidSource sids, LocalMedia ownMedia)
{
    /// <summary>Where the media of an inbound message are fetched from again.</summary>
    public IReadOnlyList<string> UrlsOf(IReadOnlyList<StoredMedia> media) =>
        [.. media.Select(ownMedia.UrlOf)];

    /// <summary>Sends within the transaction, which holds the conversation's lock.</summary>
    /// <param name="work">The transaction; the message itself is stored in it already.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="message">What was said.</param>
    /// <param name="mediaUrls">What goes with it, at most ten.</param>
    /// <param name="now">The emulator's time.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task SendAsync(
        MessageTransaction work, Conversation conversation, ConversationMessage message, IReadOnlyList<string> mediaUrls, DateTimeOffset now,
        CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(message.Body) && mediaUrls.Count == 0) return;
        var recipients = await work.Db.ConversationParticipants.AsNoTracking()
            .Where(participant => participant.ConversationSid == conversation.Sid && participant.Address != null)
            .OrderBy(participant => participant.Ordinal).ToListAsync(cancellation);
        recipients.RemoveAll(participant => participant.Sid == message.ParticipantSid || participant.IsAuthor(message.Author));
        var service = conversation.MessagingServiceSid is { } sid ? await services.FindAsync(conversation.AccountSid, sid, cancellation) : null;
        foreach (var participant in recipients)
        {
            var (sender, refusal) = await FindSenderAsync(work.Db, participant, mediaUrls.Count > 0, cancellation);
            Message? outgoing = null;
            if (sender is not null)
            {
                outgoing = Message.Accept(
                    new(sids.New(mediaUrls.Count > 0 ? SidPrefix.MediaMessage : SidPrefix.TextMessage), conversation.AccountSid, participant.Address!,
                        message.Body ?? "")
                    {
                        From = sender.Address,
                        ChannelInstallSid = sender.Sid is { Prefix: SidPrefix.ChannelSender } channelSender ? channelSender : null,
                        MessagingServiceSid = service?.Sid,
                        MediaUrls = mediaUrls,
                        StatusCallback = service?.StatusCallback,
                        ValidityPeriod = service?.ValidityPeriod ?? OutboundMessage.MaxValidityPeriod,
                    }, now);
                work.Batch.Send(outgoing);
            }

            work.Db.Add(new ConversationDelivery(sids.New(SidPrefix.ConversationDelivery), conversation.AccountSid, message.Sid, participant.Sid, now)
            {
                MessageSid = outgoing?.Sid,
                ErrorCode = refusal?.Error.Code,
            });
        }

        await work.Db.SaveChangesAsync(cancellation);
    }

    /// <summary>The sender that a participant sees, or why nothing can go from it: it is the account's no longer, or does not reach the participant.</summary>
    private static async Task<(PoolSender? Sender, ApiError? ApiError)> FindSenderAsync(
        MessagingDb db, ConversationParticipant participant, bool hasMedia, CancellationToken cancellation)
    {
        // A conversation that began by itself has the addresses of its message, which need not be such that can be sent to.
        var (recipient, unreachable) = RecipientAddress.Parse(participant.Address!);
        if (recipient is null) return (null, unreachable);
        var sender = SenderAddress.Parse(participant.ProxyAddress!) is { } proxy
            ? await db.FindSenderAsync(participant.AccountSid, proxy, recipient.Country, cancellation)
            : null;
        if (sender is null) return (null, MessagingError.FromNotUsable.ToApiError(participant.ProxyAddress));
        return SenderReach.ApiError(sender, recipient, hasMedia) is { } refusal ? (null, refusal) : (sender, null);
    }
}
