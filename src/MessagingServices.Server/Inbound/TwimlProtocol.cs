using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Webhooks;

namespace MessagingServices.Server.Inbound;

/// <summary>
/// Webhooks of inbound messages and their fallbacks. Their response is TwiML, which may send replies.
/// </summary>
internal sealed class TwimlProtocol(
    TwimlSession session, TwimlResultWriter writer, WebhookResultWriter results, EndpointLimiter limiter)
    : IWebhookProtocol
{
    /// <inheritdoc/>
    public bool Handles(WebhookKind kind) => kind is WebhookKind.Inbound or WebhookKind.Fallback;

    /// <inheritdoc/>
    public async Task<(WebhookDelivery Delivery, Func<CancellationToken, Task> StoreAsync)> DeliverAsync(
        ClaimedWebhook claim, CancellationToken cancellation)
    {
        if (claim.Step == WebhookStep.Repeated)
        {
            var repetition = await session.RepeatAsync(claim, cancellation);
            return (repetition, stopping => results.AddAsync(repetition, stopping).AsTask());
        }

        var result = await session.RunAsync(claim, cancellation);
        return (result.Delivery, StoreAsync);

        async Task StoreAsync(CancellationToken stopping)
        {
            await writer.RecordAsync(claim.Webhook, result, stopping);
            limiter.Remove([claim]);
        }
    }
}

/// <summary>The result of a TwiML session.</summary>
/// <param name="Delivery">The delivery of the webhook, with the attempts for all documents.</param>
/// <param name="Replies">The messages to send, in order.</param>
/// <param name="ErrorUrl">The URL of the last document, for the fallback, without user name and password.</param>
/// <param name="Cookies">The new cookies of the session; null if unchanged.</param>
internal sealed record TwimlDelivery(
    WebhookDelivery Delivery, IReadOnlyList<TwimlMessage> Replies, string ErrorUrl,
    IReadOnlyList<SessionCookie>? Cookies);
