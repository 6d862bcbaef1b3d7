using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>Counts the rows of each queue. Messages in the memory of servers count by their status.</summary>
/// <remarks>
/// Counting ends at <see cref="Max"/>. The oldest webhook is searched in the first <see cref="MaxEndpoints"/>
/// endpoints, each with one index probe. So a reading takes 10 to 20 ms with a million rows in each queue. Counting
/// 100,000 rows took half a second.
/// </remarks>
internal static class QueueLengths
{
    private const int Max = 10_000;
    private const int MaxEndpoints = 200;

    // Days of 24 hours in every time zone of the connection.
    private const string Now =
        """coalesce(frozen_at, ($1 AT TIME ZONE 'UTC' + "offset") AT TIME ZONE 'UTC', $1)""";

    private const string Sql =
        $"""
        WITH RECURSIVE endpoint (name, place) AS (
            (SELECT endpoint, 1 FROM webhook_queue ORDER BY endpoint LIMIT 1)
            UNION ALL
            SELECT following.endpoint, place + 1 FROM endpoint CROSS JOIN LATERAL (
                SELECT endpoint FROM webhook_queue WHERE endpoint > name ORDER BY endpoint LIMIT 1) AS following
            WHERE place < $3
        ), owned AS MATERIALIZED (
            SELECT status FROM (SELECT message_sid FROM owned_messages LIMIT $2) AS counted
            JOIN messages ON sid = message_sid
        )
        SELECT name,
            (SELECT count(*) FROM (SELECT FROM message_queue WHERE message_queue.stage = kind AND wake <= $1 LIMIT $2)
                AS counted) + (SELECT count(*) FROM owned WHERE status = in_memory),
            (SELECT count(*) FROM (SELECT FROM message_queue WHERE message_queue.stage = kind AND wake > $1 LIMIT $2) AS
                counted),
            greatest(
                $1 - (SELECT wake FROM message_queue
                    WHERE message_queue.stage = kind AND wake > '-infinity' AND wake <= $1 ORDER BY wake LIMIT 1),
                (SELECT max({Now} - oldest.due_at) FROM (
                    SELECT account_sid, due_at FROM message_queue
                    WHERE message_queue.stage = kind AND wake = '-infinity' LIMIT $3) AS oldest
                    LEFT JOIN account_clocks AS clock ON clock.account_sid = oldest.account_sid))
        FROM (VALUES ('{nameof(WorkQueues.SelectSender)}', 'select_sender', 'accepted'),
            ('{nameof(WorkQueues.HandToCarrier)}', 'hand_to_carrier', 'queued')) AS stage (name, kind, in_memory)
        UNION ALL
        SELECT '{nameof(WorkQueues.FetchMedia)}',
            (SELECT count(*) FROM (SELECT FROM media_queue LIMIT $2) AS counted), 0,
            (SELECT max({Now} - oldest.due_at) FROM (
                SELECT account_sid, due_at FROM media_queue ORDER BY due_at LIMIT $3) AS oldest
                LEFT JOIN account_clocks AS clock ON clock.account_sid = oldest.account_sid)
        UNION ALL
        SELECT '{nameof(WorkQueues.CarrierReports)}',
            (SELECT count(*) FROM (SELECT FROM carrier_deliveries WHERE wake <= $1 LIMIT $2) AS counted),
            (SELECT count(*) FROM (SELECT FROM carrier_deliveries WHERE wake > $1 LIMIT $2) AS counted)
                + (SELECT count(*) FROM owned WHERE status IN ('sending', 'sent')),
            greatest(
                $1 - (SELECT wake FROM carrier_deliveries
                    WHERE wake > '-infinity' AND wake <= $1 ORDER BY wake LIMIT 1),
                (SELECT max({Now} - oldest.due_at) FROM (
                    SELECT account_sid, due_at FROM carrier_deliveries WHERE wake = '-infinity' LIMIT $3) AS oldest
                    LEFT JOIN account_clocks AS clock ON clock.account_sid = oldest.account_sid))
        UNION ALL
        SELECT '{nameof(WorkQueues.Webhooks)}', (SELECT count(*) FROM (SELECT FROM webhook_queue LIMIT $2) AS counted)
                + (SELECT count(*) FROM owned WHERE status IN ('delivered', 'undelivered', 'failed', 'read')),
            NULL, (
            SELECT clock_timestamp() - min(queued_at) FROM endpoint CROSS JOIN LATERAL (
                SELECT queued_at FROM webhook_queue WHERE endpoint = name ORDER BY endpoint, ordinal LIMIT 1) AS oldest)
        """;

    /// <summary>Reads all queues.</summary>
    /// <param name="database">The database.</param>
    /// <param name="now">The real time.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<IReadOnlyList<QueueReading>> ReadQueuesAsync(
        this NpgsqlDataSource database, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(TransactionSettings.Command());
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql)
        {
            Parameters =
            {
                new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime },
                new NpgsqlParameter<int> { TypedValue = Max },
                new NpgsqlParameter<int> { TypedValue = MaxEndpoints },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        List<QueueReading> queues = [];
        while (await reader.ReadAsync(cancellation))
        {
            queues.Add(new(Enum.Parse<WorkQueues>(reader.GetString(0)), reader.GetInt64(1), reader.IsDBNull(2) ? null
                : reader.GetInt64(2),
                reader.IsDBNull(3) ? TimeSpan.Zero : reader.GetTimeSpan(3)));
        }

        return queues;
    }
}

/// <summary>The length of one queue.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Due">The number of due rows.</param>
/// <param name="Later">The number of rows that are due later; null for a queue where every row is due.</param>
/// <param name="Oldest">The age of the row that is due the longest; zero when none is due.</param>
internal sealed record QueueReading(WorkQueues Queue, long Due, long? Later, TimeSpan Oldest);
