namespace MessagingServices.Server.Webhooks;

/// <summary>
/// The delivery of webhooks of some kinds: the meaning of their response, and the rows that are stored with their
/// result.
/// </summary>
internal interface IWebhookProtocol
{
    bool Handles(WebhookKind kind);

    /// <summary>Sends a webhook, with its retries. Stores nothing.</summary>
    /// <returns>The result, and the step that stores it and ends the claim.</returns>
    /// <exception cref="OperationCanceledException">Canceled; the webhook stays in the queue.</exception>
    Task<(WebhookDelivery Delivery, Func<CancellationToken, Task> StoreAsync)> DeliverAsync(
        ClaimedWebhook claim, CancellationToken cancellation);
}
