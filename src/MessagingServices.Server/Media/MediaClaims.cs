using MessagingServices.Server.Webhooks;
using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using static MessagingServices.Server.Data.Columns;

namespace MessagingServices.Server.Media;

/// <summary>The messages whose media must be fetched: claimed as <see cref="WebhookClaims"/> claims webhooks, in the order in which they came.</summary>
internal static class MediaClaims
{
    /// <summary>
    /// How many endpoints one claim visits: more than there are fetches under way in a process, so that among them is always one that takes more.
    /// </summary>
    private const int MaxEndpoints = 256;

    private const string ClaimSql =
        """
        WITH RECURSIVE endpoint (name, place) AS (
            (SELECT endpoint, 1 FROM media_queue WHERE endpoint > $1 ORDER BY endpoint LIMIT 1)
            UNION ALL
            SELECT following.endpoint, place + 1 FROM endpoint CROSS JOIN LATERAL (
                SELECT endpoint FROM media_queue WHERE endpoint > name ORDER BY endpoint LIMIT 1) AS following
            WHERE place < $2
        ), lane AS MATERIALIZED (
            SELECT name, COALESCE(known.quota, $5) AS quota FROM endpoint LEFT JOIN unnest($3, $4) AS known (endpoint, quota) ON known.endpoint = name
        ), free AS MATERIALIZED (
            SELECT found.message_sid FROM lane CROSS JOIN LATERAL (
                SELECT message_sid FROM media_queue WHERE endpoint = name AND due <= $6 AND claimed_by IS NULL
                ORDER BY endpoint, due LIMIT quota FOR UPDATE SKIP LOCKED) AS found
            WHERE quota > 0 LIMIT $7
        )
        UPDATE media_queue AS entry SET claimed_by = $8 FROM free WHERE entry.message_sid = free.message_sid
        RETURNING entry.message_sid, entry.endpoint, entry.due, entry.link_tokens, entry.turn, entry.inbound
        """;

    // A commit whose answer was lost is tried again: a message that waits already stays where it is.
    public static NpgsqlBatchCommand Enqueue(IReadOnlyList<QueuedMedia> entries) => Over(
        """
        INSERT INTO media_queue (message_sid, endpoint, due, link_tokens, turn, inbound)
        SELECT message_sid, endpoint, due, string_to_array(link_tokens, ','), turn, inbound
        FROM unnest($1, $2, $3, $4, $5, $6) AS row (message_sid, endpoint, due, link_tokens, turn, inbound) ON CONFLICT (message_sid) DO NOTHING
        """, entries,
        Sids<QueuedMedia>(e => e.MessageSid),
        Text<QueuedMedia>(e => e.Endpoint),
        Times<QueuedMedia>(e => e.Due),
        Text<QueuedMedia>(e => e.LinkTokens is { } tokens ? string.Join(',', tokens) : null),
        Times<QueuedMedia>(e => e.Turn),
        Text<QueuedMedia>(e => e.Inbound is { } inbound ? StoredJson.Write(inbound) : null));

    public static NpgsqlBatchCommand End(IReadOnlyList<Sid> messages) => Over(
        "DELETE FROM media_queue WHERE message_sid = ANY ($1)", messages, Sids<Sid>(sid => sid));

    /// <summary>Claims for a process; the claims are committed when this returns.</summary>
    /// <param name="database">The database.</param>
    /// <param name="process">The process.</param>
    /// <param name="now">What is due until then, on the emulator's clock.</param>
    /// <param name="after">Only endpoints that come after this one; empty for the first.</param>
    /// <param name="quotas">How many to claim of endpoints that have some under way.</param>
    /// <param name="quota">How many to claim of each of the others.</param>
    /// <param name="most">How many to claim in all.</param>
    /// <param name="cancellation">Ends the wait for the database; the claims may be made all the same.</param>
    public static async Task<IReadOnlyList<QueuedMedia>> ClaimMediaAsync(
        this NpgsqlDataSource database, Guid process, DateTimeOffset now, string after, IReadOnlyList<KeyValuePair<string, int>> quotas, int quota,
        int most, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(TransactionSettings.Command());
        batch.BatchCommands.Add(Over(ClaimSql, quotas, _ => new NpgsqlParameter<string> { TypedValue = after },
            _ => new NpgsqlParameter<int> { TypedValue = MaxEndpoints },
            Text<KeyValuePair<string, int>>(lane => lane.Key), Integers<KeyValuePair<string, int>>(lane => lane.Value),
            _ => new NpgsqlParameter<int> { TypedValue = quota },
            _ => new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime },
            _ => new NpgsqlParameter<int> { TypedValue = most },
            _ => new NpgsqlParameter<Guid> { TypedValue = process }));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        List<QueuedMedia> claimed = [];
        while (await reader.ReadAsync(cancellation))
        {
            claimed.Add(new()
            {
                MessageSid = Sid.Parse(reader.GetString(0)),
                Endpoint = reader.GetString(1),
                Due = reader.GetFieldValue<DateTimeOffset>(2),
                LinkTokens = reader.IsDBNull(3) ? null : reader.GetFieldValue<string[]>(3),
                Turn = reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4),
                Inbound = reader.IsDBNull(5) ? null : StoredJson.Read<InboundRoute>(reader.GetString(5)),
                ClaimedBy = process,
            });
        }

        return claimed;
    }

    /// <summary>Locks a claim for the rest of the transaction; false when the process does not have it any more.</summary>
    public static async Task<bool> LockMediaClaimAsync(this MessagingDb db, Guid process, Sid message, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<int>(
            $"SELECT 1 AS \"Value\" FROM media_queue WHERE message_sid = {message.Value} AND claimed_by = {process} FOR UPDATE")
            .ToListAsync(cancellation)).Count > 0;

    /// <summary>Frees the claims of the process but for those that it works on.</summary>
    public static async Task ReleaseMediaAsync(
        this NpgsqlDataSource database, Guid process, IReadOnlyList<Sid> worked, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Over("UPDATE media_queue SET claimed_by = NULL WHERE message_sid <> ALL ($1) AND claimed_by = $2", worked,
            Sids<Sid>(sid => sid), _ => new NpgsqlParameter<Guid> { TypedValue = process }));
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
