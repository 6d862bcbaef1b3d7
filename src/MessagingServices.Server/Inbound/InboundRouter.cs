using System.Text.Json;
using MessagingServices.Server.Conversations;
using MessagingServices.Server.Engine;
using MessagingServices.Server.Media;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Inbound;

/// <summary>
/// Routes inbound messages: into a conversation, to the webhook of the receiving sender, to the webhook of its
/// Messaging Service, or nowhere. Source: https://www.twilio.com/docs/messaging/services#incoming-message-handling.
/// </summary>
internal sealed class InboundRouter(InboundConversations conversations, LocalMedia localMedia)
{
    /// <summary>Finds the route of a message.</summary>
    /// <param name="receiver">The sender that received the message.</param>
    /// <param name="service">The Messaging Service whose pool contains the sender; null when it is in no pool.</param>
    /// <param name="parameters">Further parameters for the webhook.</param>
    /// <returns>
    /// The route. Null when the message is dropped: its Messaging Service handles inbound messages, but has no URL for
    /// them.
    /// </returns>
    public static async Task<InboundRoute?> FindAsync(
        MessagingDb db, Message message, PoolSender receiver, MessagingService? service,
        IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancellation)
    {
        if (await InboundConversations.AutocreatesAsync(db, message, service, cancellation))
            return new(null, IsConversation: true, Autocreates: true, parameters, receiver.Country);
        var inConversation = await InboundConversations.HoldsAsync(db, message, cancellation);
        if (service is null or { InboundHandling: InboundHandling.SenderWebhook })
        {
            var ofSender = await FindSenderWebhookAsync(db, receiver, cancellation);
            return new(ofSender, inConversation, Autocreates: false, parameters, receiver.Country);
        }

        var ofService = InboundWebhook.Of(
            service.InboundRequestUrl, service.InboundMethod, service.FallbackUrl, service.FallbackMethod);
        return ofService is null && !inConversation
            ? null
            : new(ofService, inConversation, Autocreates: false, parameters, receiver.Country);
    }

    /// <summary>Delivers a message whose media have been fetched.</summary>
    /// <param name="work">The transaction that stores the message or its media.</param>
    /// <param name="media">The stored media items, in the order of the message's URLs.</param>
    public async Task DeliverAsync(
        MessageTransaction work, Message message, InboundRoute route, IReadOnlyList<StoredMedia> media,
        DateTimeOffset now, CancellationToken cancellation)
    {
        // The conversation may have been closed or deleted since FindAsync.
        if (route.IsConversation
            && await conversations.AddAsync(work, message, media, route.Autocreates, now, cancellation)) return;
        if (route.Webhook is not { } webhook) return;
        var parameters = InboundParameters.Of(
            message, [.. media.Select(item => (localMedia.UrlOf(item), item.ContentType))], route.ReceiverCountry,
            route.Parameters);
        work.Batch.Enqueue((sid, token) => Webhook.OfInbound(sid, token, message, webhook, parameters, now));
    }

    private static async Task<InboundWebhook?> FindSenderWebhookAsync(
        MessagingDb db, PoolSender receiver, CancellationToken cancellation)
    {
        switch (receiver.Sid.Prefix)
        {
            case SidPrefix.PhoneNumber:
                var number = await db.PhoneNumbers.AsNoTracking()
                    .SingleOrDefaultAsync(
                        n => n.Sid == receiver.Sid && n.AccountSid == receiver.AccountSid, cancellation);
                return number is null ? null
                    : Sid.TryParse(number.SmsApplicationSid, null, out var application)
                        ? await OfApplicationAsync(db, number.AccountSid, application, cancellation)
                        : InboundWebhook.Of(
                            number.SmsUrl, number.SmsMethod, number.SmsFallbackUrl, number.SmsFallbackMethod);
            case SidPrefix.ShortCode:
                var code = await db.ShortCodes.AsNoTracking()
                    .SingleOrDefaultAsync(
                        c => c.Sid == receiver.Sid && c.AccountSid == receiver.AccountSid, cancellation);
                return code is null ? null : InboundWebhook.Of(
                    code.SmsUrl, code.SmsMethod, code.SmsFallbackUrl, code.SmsFallbackMethod);
            case SidPrefix.ChannelSender:
                var webhook = await db.ChannelSenders.AsNoTracking()
                    .Where(sender => sender.Sid == receiver.Sid && sender.AccountSid == receiver.AccountSid)
                    .Select(sender => sender.Webhook).SingleOrDefaultAsync(cancellation);
                return webhook is null ? null : OfChannelSender(webhook);
            default:
                return null;
        }
    }

    // The settings of an application replace all of the number's own, also when it has none.
    private static async Task<InboundWebhook?> OfApplicationAsync(
        MessagingDb db, Sid account, Sid sid, CancellationToken cancellation)
    {
        var application = await db.Applications.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Sid == sid && a.AccountSid == account, cancellation);
        return application is null ? null : InboundWebhook.Of(
            application.SmsUrl, application.SmsMethod, application.SmsFallbackUrl, application.SmsFallbackMethod);
    }

    // A channel sender stores its webhook settings as JSON. Its methods may be POST or PUT, but Twilio requests inbound
    // webhooks only with POST.
    private static InboundWebhook? OfChannelSender(string json)
    {
        using var webhook = JsonDocument.Parse(json);
        return InboundWebhook.Of(Text("callback_url"), "POST", Text("fallback_url"), "POST");

        string? Text(string name) => webhook.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
