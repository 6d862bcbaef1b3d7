using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Stores results of webhooks and removes them from the queue. Only claims that the node still holds count. So a
/// repeated write changes nothing, and neither does the write of a node whose claims were taken over.
/// </summary>
internal static class RecordWebhooks
{
    private static readonly Statement<WebhookDelivery> Record = new(
        new()
        {
            { "sid", delivery => delivery.Sid },
            { "signature", delivery => delivery.Signature },
            { "attempts", delivery => StoredJson.Write(delivery.Attempts) },
            { "outcome", delivery => EnumNames<WebhookOutcome>.Of(delivery.Outcome) },
        },
        c => $"""
        WITH ended AS (
            DELETE FROM webhook_queue USING {c.Rows}
            WHERE webhook_sid = row.sid AND claimed_by = {c.Scalar(1)} RETURNING row.*
        ), recorded AS (
            UPDATE webhooks SET signature = ended.signature, outcome = ended.outcome, attempts = CASE
                WHEN webhooks.attempts = '[]' THEN ended.attempts
                WHEN ended.attempts = '[]' THEN webhooks.attempts
                ELSE left(webhooks.attempts, -1) || ',' || substr(ended.attempts, 2) END
            FROM ended WHERE webhooks.sid = ended.sid
        )
        SELECT sid FROM ended
        """);

    /// <summary>Stores the results for which the node still has the claim.</summary>
    /// <returns>The webhooks of the stored results.</returns>
    public static async Task<IReadOnlySet<Sid>> RecordAsync(
        this NpgsqlDataSource dataSource, Guid node, IReadOnlyList<WebhookDelivery> deliveries,
        CancellationToken cancellation)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(TransactionSettings.Command());
        batch.BatchCommands.Add(Record.For(deliveries, Scalar.Of(node)));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        HashSet<Sid> recorded = [];
        while (await reader.ReadAsync(cancellation)) recorded.Add(Sid.Parse(reader.GetString(0)));
        return recorded;
    }

    /// <summary>Stores one result within a transaction.</summary>
    /// <returns>False if the node lost the claim: then the transaction must not commit.</returns>
    public static async Task<bool> RecordAsync(
        this NpgsqlTransaction transaction, Guid node, WebhookDelivery delivery, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        batch.BatchCommands.Add(Record.For([delivery], Scalar.Of(node)));
        return await batch.ExecuteScalarAsync(cancellation) is not null;
    }
}
