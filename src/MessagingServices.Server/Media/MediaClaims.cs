using MessagingServices.Server.Webhooks;
using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Media;

/// <summary>
/// Claims messages whose media must be fetched, oldest first per endpoint, as <see cref="WebhookClaims"/> claims
/// webhooks.
/// </summary>
internal static class MediaClaims
{
    /// <summary>
    /// The maximum number of endpoints that one claim visits. A process fetches from fewer endpoints at the same time.
    /// So the claim always visits one that still has capacity.
    /// </summary>
    private const int MaxEndpoints = 256;

    private static readonly Statement<KeyValuePair<string, int>> Claim = new(
        new() { { "endpoint", entry => entry.Key }, { "quota", entry => entry.Value } },
        c => $"""
        WITH RECURSIVE endpoint (name, place) AS (
            (SELECT endpoint, 1 FROM media_queue WHERE endpoint > {c.Scalar(1)} ORDER BY endpoint LIMIT 1)
            UNION ALL
            SELECT following.endpoint, place + 1 FROM endpoint CROSS JOIN LATERAL (
                SELECT endpoint FROM media_queue WHERE endpoint > name ORDER BY endpoint LIMIT 1) AS following
            WHERE place < {c.Scalar(2)}
        ), limited AS MATERIALIZED (
            SELECT name, COALESCE(row.quota, {c.Scalar(3)}) AS quota
            FROM endpoint LEFT JOIN {c.Rows} ON row.endpoint = name
        ), free AS MATERIALIZED (
            SELECT found.message_sid FROM limited CROSS JOIN LATERAL (
                SELECT message_sid FROM media_queue
                WHERE endpoint = name AND claimed_by IS NULL
                ORDER BY endpoint, due_at LIMIT quota FOR UPDATE SKIP LOCKED) AS found
            WHERE quota > 0 LIMIT {c.Scalar(4)}
        )
        UPDATE media_queue AS entry SET claimed_by = {c.Scalar(5)} FROM free WHERE entry.message_sid = free.message_sid
        RETURNING entry.message_sid, entry.endpoint, entry.due_at, entry.link_tokens, entry.turn, entry.inbound,
            entry.account_sid
        """);

    private static readonly Statement<Sid> Release = Statement.OverSids(c =>
        $"""
        UPDATE media_queue SET claimed_by = NULL WHERE message_sid <> ALL ({c["sid"]}) AND claimed_by = {c.Scalar(1)}
        """);

    /// <summary>Claims messages for a process. The claims are committed when the task ends.</summary>
    /// <param name="after">The claim visits only endpoints that sort after this one; empty for all.</param>
    /// <param name="quotas">The maximum number of messages for endpoints that already have some.</param>
    /// <param name="quota">The maximum number of messages for each other endpoint.</param>
    /// <param name="max">The maximum number of messages in total.</param>
    /// <param name="cancellation">Ends the wait for the database. The claims may be committed nevertheless.</param>
    public static async Task<IReadOnlyList<QueuedMedia>> ClaimMediaAsync(
        this NpgsqlDataSource database, Guid process, string after,
        IReadOnlyList<KeyValuePair<string, int>> quotas, int quota, int max, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(TransactionSettings.Command());
        batch.BatchCommands.Add(Claim.For(
            quotas, Scalar.Of(after), Scalar.Of(MaxEndpoints), Scalar.Of(quota), Scalar.Of(max),
            Scalar.Of(process)));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        List<QueuedMedia> claimed = [];
        while (await reader.ReadAsync(cancellation))
        {
            claimed.Add(new()
            {
                MessageSid = Sid.Parse(reader.GetString(0)),
                AccountSid = Sid.Parse(reader.GetString(6)),
                Endpoint = reader.GetString(1),
                Due = reader.GetFieldValue<DateTimeOffset>(2),
                LinkTokens = reader.IsDBNull(3) ? null : reader.GetFieldValue<string[]>(3),
                Slot = reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4),
                Inbound = reader.IsDBNull(5) ? null : StoredJson.Read<InboundRoute>(reader.GetString(5)),
                ClaimedBy = process,
            });
        }

        return claimed;
    }

    /// <summary>Locks a claim until the transaction ends. Returns false when the process has lost the claim.</summary>
    public static async Task<bool> LockMediaClaimAsync(
        this MessagingDb db, Guid process, Sid message, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<int>(
            $"""
             SELECT 1 AS "Value" FROM media_queue
             WHERE message_sid = {message.Value} AND claimed_by = {process} FOR UPDATE
             """)
            .ToListAsync(cancellation)).Count > 0;

    /// <summary>Releases the claims of a process, except those of <paramref name="running"/>.</summary>
    public static async Task ReleaseMediaAsync(
        this NpgsqlDataSource database, Guid process, IReadOnlyList<Sid> running, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Release.For(running, Scalar.Of(process)));
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
