using MessagingServices.Server.Engine;
using MessagingServices.Server.Telemetry;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Stores the results of webhooks: of those that this server has claimed, and of those in its memory.
/// </summary>
internal sealed class WebhookResults(NpgsqlDataSource dataSource, OwnedMessages memory, WebhookTelemetry telemetry)
{
    /// <summary>
    /// Stores results. Webhooks whose claim or whose message another server has taken over are left to that server.
    /// </summary>
    public async Task RecordAsync(IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellation)
    {
        // A message may have left the memory while its callback was in flight. Then the callback is claimed as others.
        var inMemory = deliveries.Where(delivery => delivery.Claim?.Chain is not null
            && memory.Contains(delivery.Claim.Webhook.MessageSid)).ToList();
        await RecordOwnedAsync(inMemory, cancellation);
        var claimed = inMemory.Count == 0 ? deliveries : [.. deliveries.Except(inMemory)];
        if (claimed.Count > 0)
            Count(claimed, await dataSource.RecordAsync(memory.Node, claimed, cancellation));
    }

    private async Task RecordOwnedAsync(List<WebhookDelivery> deliveries, CancellationToken cancellation)
    {
        if (deliveries.Count == 0) return;
        var messages = deliveries.Select(delivery => delivery.Claim!.Webhook.MessageSid).ToList();
        var finished = memory.FinishedBy(messages);
        Count(deliveries, await dataSource.RecordOwnedAsync(memory.Node, deliveries, finished, cancellation));
        memory.Recorded(messages, finished);
    }

    private void Count(IReadOnlyList<WebhookDelivery> deliveries, IReadOnlySet<Sid> recorded)
    {
        foreach (var delivery in deliveries.Where(delivery => recorded.Contains(delivery.Sid)))
            telemetry.Recorded(delivery.Claim?.Webhook, delivery.Outcome, delivery.Attempts);
    }
}
