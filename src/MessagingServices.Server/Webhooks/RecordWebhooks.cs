using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Stores results of webhooks. Only claims that the node still holds count, and only messages that are still the
/// node's. So a repeated write changes nothing, and neither does the write of a node whose work was taken over.
/// </summary>
internal static class RecordWebhooks
{
    private const string Recorded =
        """
        UPDATE webhooks SET signature = ended.signature, outcome = ended.outcome,
            error_code = coalesce(ended.error_code, webhooks.error_code), attempts = CASE
            WHEN webhooks.attempts = '[]' THEN ended.attempts
            WHEN ended.attempts = '[]' THEN webhooks.attempts
            ELSE left(webhooks.attempts, -1) || ',' || substr(ended.attempts, 2) END
        FROM ended WHERE webhooks.sid = ended.sid
        """;

    private static readonly ColumnSet<WebhookDelivery> Result = new()
    {
        { "sid", delivery => delivery.Sid },
        { "signature", delivery => delivery.Signature },
        { "attempts", delivery => StoredJson.Write(delivery.Attempts) },
        { "outcome", delivery => EnumNames<WebhookOutcome>.Of(delivery.StoredOutcome) },
        { "error_code", LastErrorOf },
    };

    private static readonly Statement<WebhookDelivery> Record = new(Result, c =>
        $"""
        WITH ended AS (
            DELETE FROM webhook_queue USING {c.Rows}
            WHERE webhook_sid = row.sid AND claimed_by = {c.Scalar(1)} RETURNING row.*
        ), recorded AS ({Recorded})
        SELECT sid FROM ended
        """);

    // A webhook that is made again stays in the queue, and those that wait for the end of another one wait no longer.
    private static readonly Statement<WebhookDelivery> RecordUnderRules = new(
        new(Result) { { "repeats", delivery => delivery.IsRepeated } }, c =>
        $"""
        WITH gone AS (
            DELETE FROM webhook_queue USING {c.Rows}
            WHERE webhook_sid = row.sid AND claimed_by = {c.Scalar(1)} AND NOT row.repeats
            RETURNING row.*, message_sid, ordinal
        ), again AS (
            UPDATE webhook_queue SET step = 'repeated', not_before = NULL, claimed_by = NULL, claimed_at = NULL
            FROM {c.Rows} WHERE webhook_sid = row.sid AND claimed_by = {c.Scalar(1)} AND row.repeats
            RETURNING row.*
        ), released AS (
            UPDATE webhook_queue AS held SET step = 'decided', not_before = NULL FROM gone
            WHERE held.message_sid = gone.message_sid AND held.step = 'held' AND held.ordinal < gone.ordinal
        ), ended AS (
            SELECT sid, signature, attempts, outcome, error_code FROM gone
            UNION ALL SELECT sid, signature, attempts, outcome, error_code FROM again
        ), recorded AS ({Recorded})
        SELECT sid FROM ended
        """);

    // The conflict is with a pending one, which a reader of the list of webhooks has stored.
    private static readonly Statement<WebhookDelivery> Insert = new(
        new(WebhookRows.ColumnsOf<WebhookDelivery>(delivery => delivery.Claim!.Webhook))
        {
            { "signature", delivery => delivery.Signature },
            { "attempts", delivery => StoredJson.Write(delivery.Attempts) },
            { "outcome", delivery => EnumNames<WebhookOutcome>.Of(delivery.Outcome) },
            { "error_code", LastErrorOf },
        },
        c => $"""
        INSERT INTO webhooks ({c.Names}) SELECT {c.Values} FROM {c.RowsWithPosition}
        WHERE EXISTS (SELECT FROM owned_messages
            WHERE owned_messages.message_sid = row.message_sid AND owner = {c.Scalar(1)})
        ORDER BY row.position
        ON CONFLICT (sid) DO UPDATE
        SET signature = excluded.signature, attempts = excluded.attempts, outcome = excluded.outcome,
            error_code = excluded.error_code
        RETURNING sid
        """);

    /// <summary>Stores the results for which the node still has the claim.</summary>
    /// <returns>The webhooks of the stored results.</returns>
    public static async Task<HashSet<Sid>> RecordAsync(
        this NpgsqlDataSource dataSource, NodeId node, IReadOnlyList<WebhookDelivery> deliveries,
        CancellationToken cancellation)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(TransactionSettings.Command());
        var statement = deliveries.Any(AreUnderRules) ? RecordUnderRules : Record;
        batch.BatchCommands.Add(statement.For(deliveries, Scalar.Of(node.Id)));
        return await ReadSidsAsync(batch, result: 1, cancellation);
    }

    /// <summary>
    /// Stores webhooks that were delivered from memory, with their results, if their messages are still the node's.
    /// </summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="node">This server.</param>
    /// <param name="deliveries">The results.</param>
    /// <param name="finished">The messages that have finished with these results.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The stored webhooks.</returns>
    public static async Task<HashSet<Sid>> RecordOwnedAsync(
        this NpgsqlDataSource dataSource, NodeId node, IReadOnlyList<WebhookDelivery> deliveries,
        IReadOnlyList<Sid> finished, CancellationToken cancellation)
    {
        await using var batch = dataSource.CreateBatch();
        // No check after the lock: the statement itself sees whether the messages are still the node's.
        batch.AddShare(node);
        // In the order in which readers of the list store pending ones, so that neither waits for the other.
        List<WebhookDelivery> ordered =
            [.. deliveries.OrderBy(delivery => delivery.Claim!.Webhook.MessageSid.Value, StringComparer.Ordinal)];
        batch.BatchCommands.Add(Insert.For(ordered, Scalar.Of(node.Id)));
        if (finished.Count > 0) batch.BatchCommands.Add(OwnedRows.DeleteCommand(finished, node));
        return await ReadSidsAsync(batch, result: 2, cancellation);
    }

    private static bool AreUnderRules(WebhookDelivery delivery) =>
        delivery.IsRepeated || delivery.Claim?.HoldsOthers is true;

    private static int? LastErrorOf(WebhookDelivery delivery) => delivery.Attempts
        .LastOrDefault(attempt => attempt is { ErrorCode: not null, IsDuplicate: not true })?.ErrorCode;

    private static async Task<HashSet<Sid>> ReadSidsAsync(
        NpgsqlBatch batch, int result, CancellationToken cancellation)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        for (var skipped = 0; skipped < result; skipped++) await reader.NextResultAsync(cancellation);
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
        batch.BatchCommands.Add(
            (AreUnderRules(delivery) ? RecordUnderRules : Record).For([delivery], Scalar.Of(node)));
        return await batch.ExecuteScalarAsync(cancellation) is not null;
    }
}
