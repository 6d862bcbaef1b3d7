using System.Text.Json;
using MessagingServices.Server.Conversations;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Inbound;

/// <summary>
/// Where inbound messages go: into a conversation, to the webhook of the sender that received them or of its Messaging Service, or nowhere.
/// Source: https://www.twilio.com/docs/messaging/services#incoming-message-handling.
/// </summary>
internal sealed class InboundRouter(InboundConversations conversations, LocalMedia ownMedia)
{
    /// <summary>Finds where a message goes.</summary>
    /// <param name="db">The database.</param>
    /// <param name="message">The message.</param>
    /// <param name="receiver">The sender that received it.</param>
    /// <param name="service">The Messaging Service in whose pool that is; null when it is in none.</param>
    /// <param name="parameters">What else the webhook tells.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>Null when the message is dropped: its Messaging Service takes inbound messages itself, but has no URL for them.</returns>
    public static async Task<InboundRoute?> FindAsync(
        MessagingDb db, Message message, PoolSender receiver, MessagingService? service, IReadOnlyList<KeyValuePair<string, string>> parameters,
        CancellationToken cancellation)
    {
        if (await InboundConversations.AutocreatesAsync(db, message, service, cancellation)) return new(null, IsConversation: true, Autocreates: true, parameters);
        var isHeld = await InboundConversations.HoldsAsync(db, message, cancellation);
        if (service is null or { InboundHandling: InboundHandling.SenderWebhook })
            return new(await FindOfSenderAsync(db, receiver, cancellation), isHeld, Autocreates: false, parameters);
        var own = InboundWebhook.Of(service.InboundRequestUrl, service.InboundMethod, service.FallbackUrl, service.FallbackMethod);
        return own is null && !isHeld ? null : new(own, isHeld, Autocreates: false, parameters);
    }

    /// <summary>Delivers a message that is whole.</summary>
    /// <param name="work">The transaction in which it is stored, or its media are.</param>
    /// <param name="message">The message.</param>
    /// <param name="delivery">Where it goes.</param>
    /// <param name="media">Its media in their order.</param>
    /// <param name="now">The emulator's time.</param>
    /// <param name="cancellation">Gives it up.</param>
    public async Task DeliverAsync(
        MessageTransaction work, Message message, InboundRoute delivery, IReadOnlyList<StoredMedia> media, DateTimeOffset now,
        CancellationToken cancellation)
    {
        // The conversation may have been closed or deleted since it was found.
        if (delivery.IsConversation && await conversations.AddAsync(work, message, media, delivery.Autocreates, now, cancellation)) return;
        if (delivery.Webhook is not { } webhook) return;
        var parameters = InboundParameters.Of(message, [.. media.Select(one => (ownMedia.UrlOf(one), one.ContentType))], delivery.Parameters);
        work.Batch.Enqueue((sid, token) => Webhook.OfInbound(sid, token, message, webhook, parameters, now));
    }

    private static async Task<InboundWebhook?> FindOfSenderAsync(MessagingDb db, PoolSender receiver, CancellationToken cancellation) => receiver.Sid.Prefix switch
    {
        SidPrefix.PhoneNumber => await db.PhoneNumbers.AsNoTracking().SingleOrDefaultAsync(number => number.Sid == receiver.Sid, cancellation) is { } number
            ? InboundWebhook.Of(number.SmsUrl, number.SmsMethod, number.SmsFallbackUrl, number.SmsFallbackMethod) : null,
        SidPrefix.ShortCode => await db.ShortCodes.AsNoTracking().SingleOrDefaultAsync(code => code.Sid == receiver.Sid, cancellation) is { } code
            ? InboundWebhook.Of(code.SmsUrl, code.SmsMethod, code.SmsFallbackUrl, code.SmsFallbackMethod) : null,
        SidPrefix.ChannelSender => await db.ChannelSenders.AsNoTracking().Where(sender => sender.Sid == receiver.Sid).Select(sender => sender.Webhook)
            .SingleOrDefaultAsync(cancellation) is { } webhook ? OfChannelSender(webhook) : null,
        _ => null,
    };

    /// <summary>Of the JSON that a channel sender keeps. Its methods are POST and PUT, of which Twilio's receivers only know the first.</summary>
    private static InboundWebhook? OfChannelSender(string json)
    {
        using var webhook = JsonDocument.Parse(json);
        return InboundWebhook.Of(Text("callback_url"), "POST", Text("fallback_url"), "POST");

        string? Text(string name) => webhook.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
