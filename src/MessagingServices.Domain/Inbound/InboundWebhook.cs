namespace MessagingServices.Domain.Inbound;

/// <summary>The application's webhook for inbound messages, as it is configured at a sender or a Messaging Service.</summary>
/// <param name="Url">Where to, connection overrides included.</param>
/// <param name="Method"><c>GET</c> or <c>POST</c>.</param>
/// <param name="FallbackUrl">Asked when the webhook fails; null when nothing is.</param>
/// <param name="FallbackMethod"><c>GET</c> or <c>POST</c>.</param>
public sealed record InboundWebhook(string Url, string Method, string? FallbackUrl, string FallbackMethod)
{
    /// <summary>The webhook of these settings; null when there is no URL. A fallback alone is never asked.</summary>
    public static InboundWebhook? Of(string? url, string method, string? fallbackUrl, string fallbackMethod) =>
        string.IsNullOrEmpty(url) ? null : new(url, method, string.IsNullOrEmpty(fallbackUrl) ? null : fallbackUrl, fallbackMethod);
}

/// <summary>What becomes of an inbound message once its media are there. Stored with them meanwhile, as JSON.</summary>
/// <param name="Webhook">The webhook that it goes to, unless a conversation takes it; null when it goes to none.</param>
/// <param name="IsConversation">Whether it goes into the conversation that has its pair of addresses, if there is one by then.</param>
/// <param name="Autocreates">Whether it begins a conversation when none has its pair.</param>
/// <param name="Parameters">Parameters of the webhook that neither the message nor its media tell.</param>
public sealed record InboundRoute(
    InboundWebhook? Webhook, bool IsConversation, bool Autocreates, IReadOnlyList<KeyValuePair<string, string>> Parameters);
