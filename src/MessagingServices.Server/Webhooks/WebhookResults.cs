using MessagingServices.Server.Engine;
using MessagingServices.Server.Events;
using MessagingServices.Server.Telemetry;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Stores the results of webhooks: of those that this server has claimed, and of those in its memory.
/// </summary>
internal sealed class WebhookResults(
    NpgsqlDataSource dataSource, OwnedMessages memory, WebhookTelemetry telemetry, EventBus events)
{
    /// <summary>
    /// Stores results. Webhooks whose claim or whose message another server has taken over are left to that server.
    /// </summary>
    public async Task RecordAsync(IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellation)
    {
        var inMemory = deliveries.Where(delivery => delivery.Claim?.Chain is not null).ToList();
        var messages = inMemory.Select(delivery => delivery.Claim!.Webhook.MessageSid).ToList();
        var finished = memory.FinishedBy(messages);
        var recorded = inMemory.Count == 0
            ? []
            : await dataSource.RecordOwnedAsync(memory.Node, inMemory, finished, cancellation);
        // A message may be released while its callback is in flight. Then the callback is claimed as others are.
        var claimed = deliveries.Where(delivery => !recorded.Contains(delivery.Sid)).ToList();
        if (claimed.Count > 0) recorded.UnionWith(await dataSource.RecordAsync(memory.Node, claimed, cancellation));
        // At the end: a failure repeats everything.
        memory.Recorded(messages, finished);
        foreach (var delivery in deliveries.Where(delivery => recorded.Contains(delivery.Sid)))
        {
            telemetry.Recorded(delivery.Claim?.Webhook, delivery.Outcome, delivery.Attempts);
            if (events.IsListening && delivery.Claim is { Webhook: { } webhook })
                events.Updated(new WebhookResult(webhook, delivery.StoredOutcome, delivery.Attempts));
        }
    }

    /// <summary>
    /// Gives up a result that the database rejects. Its message would otherwise wait in memory for ever.
    /// </summary>
    public void GiveUp(WebhookDelivery delivery)
    {
        if (delivery.Claim is { Chain: not null, Webhook.MessageSid: var message }) memory.Release([message]);
    }
}
