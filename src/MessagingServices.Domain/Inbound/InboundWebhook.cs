namespace MessagingServices.Domain.Inbound;

/// <summary>The webhook for inbound messages, as configured for a sender or a Messaging Service.</summary>
/// <param name="Url">The URL, with its connection overrides.</param>
/// <param name="Method"><c>GET</c> or <c>POST</c>.</param>
/// <param name="FallbackUrl">The URL to request when the webhook fails; null for none.</param>
/// <param name="FallbackMethod"><c>GET</c> or <c>POST</c>.</param>
public sealed record InboundWebhook(string Url, string Method, string? FallbackUrl, string FallbackMethod)
{
    /// <summary>The webhook with these settings; null without a URL, even if there is a fallback URL.</summary>
    public static InboundWebhook? Of(string? url, string method, string? fallbackUrl, string fallbackMethod) =>
        string.IsNullOrEmpty(url)
            ? null
            : new(url, method, string.IsNullOrEmpty(fallbackUrl) ? null : fallbackUrl, fallbackMethod);
}

/// <summary>
/// The destination of an inbound message. While its media are being fetched, it is stored with them as JSON.
/// </summary>
/// <param name="Webhook">The webhook, used unless a conversation takes the message; null for none.</param>
/// <param name="IsConversation">
/// Whether the message goes into the conversation with its pair of addresses, if one exists by then.
/// </param>
/// <param name="Autocreates">Whether the message creates a conversation if none has its pair of addresses.</param>
/// <param name="Parameters">Webhook parameters beside those of message and media.</param>
/// <param name="ReceiverCountry">The ISO 3166 code of the receiving sender's country; null for none.</param>
public sealed record InboundRoute(
    InboundWebhook? Webhook, bool IsConversation, bool Autocreates,
    IReadOnlyList<KeyValuePair<string, string>> Parameters, string? ReceiverCountry);
