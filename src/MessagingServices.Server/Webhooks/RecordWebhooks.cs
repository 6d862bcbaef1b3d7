using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Webhooks that were made: out of the queue, with their attempts recorded. Only claims that the process still holds count, so that a
/// repeat of a write whose answer was lost changes nothing, and neither does a process whose work was taken over.
/// </summary>
internal static class RecordWebhooks
{
    private static readonly Statement<PostedWebhook> Record = new(
        new()
        {
            { "sid", webhook => webhook.Sid },
            { "signature", webhook => webhook.Signature },
            { "attempts", webhook => StoredJson.Write(webhook.Attempts) },
            { "outcome", webhook => EnumNames<WebhookOutcome>.Of(webhook.Outcome) },
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

    /// <summary>Records what the process still holds claims of.</summary>
    /// <returns>The webhooks whose claims it held.</returns>
    public static async Task<IReadOnlySet<Sid>> RecordAsync(
        this NpgsqlDataSource dataSource, Guid process, IReadOnlyList<PostedWebhook> posted, CancellationToken cancellation)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(TransactionSettings.Command());
        batch.BatchCommands.Add(Record.For(posted, Scalar.Of(process)));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        HashSet<Sid> recorded = [];
        while (await reader.ReadAsync(cancellation)) recorded.Add(Sid.Parse(reader.GetString(0)));
        return recorded;
    }

    /// <summary>Records one within a transaction, of which the rest depends on it.</summary>
    /// <returns>Whether the process still held the claim.</returns>
    public static async Task<bool> RecordAsync(
        this NpgsqlTransaction transaction, Guid process, PostedWebhook posted, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        batch.BatchCommands.Add(Record.For([posted], Scalar.Of(process)));
        return await batch.ExecuteScalarAsync(cancellation) is not null;
    }
}
