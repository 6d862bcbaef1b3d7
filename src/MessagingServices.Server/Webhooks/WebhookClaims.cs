using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Claims webhooks endpoint by endpoint, each up to its quota: the webhooks of a dead endpoint, however many, are not even looked at on
/// the way to those of another.
/// </summary>
/// <remarks>
/// The endpoints are found by one index probe each, not by reading their webhooks. In one endpoint a claim looks at a stretch of
/// <see cref="Stretch"/> ordinals, since a webhook that waits for an older one of its message may stand before thousands that do too.
/// </remarks>
internal static class WebhookClaims
{
    /// <summary>How many endpoints one claim visits.</summary>
    private const int MaxEndpoints = 128;

    private const int Stretch = 5000;

    private static readonly Statement<ClaimQuota> Claim = new(
        new()
        {
            { "endpoint", quota => quota.Endpoint },
            { "quota", quota => quota.Quota },
            { "after", quota => quota.After },
        },
        c => $"""
        WITH RECURSIVE endpoint (name, place) AS (
            (SELECT endpoint, 1 FROM webhook_queue WHERE endpoint > {c.Scalar(1)} ORDER BY endpoint LIMIT 1)
            UNION ALL
            SELECT following.endpoint, place + 1 FROM endpoint CROSS JOIN LATERAL (
                SELECT endpoint FROM webhook_queue WHERE endpoint > name ORDER BY endpoint LIMIT 1) AS following
            WHERE place < {c.Scalar(2)}
        ), lane AS MATERIALIZED (
            SELECT name, place, COALESCE(row.quota, 1) AS quota, (
                SELECT ordinal FROM webhook_queue WHERE endpoint = name AND ordinal > COALESCE(row.after, 0)
                ORDER BY endpoint, ordinal LIMIT 1) AS first
            FROM endpoint LEFT JOIN {c.Rows} ON row.endpoint = name
        ), free AS MATERIALIZED (
            SELECT found.webhook_sid FROM lane CROSS JOIN LATERAL (
                SELECT webhook_sid FROM webhook_queue AS entry
                WHERE endpoint = name AND ordinal >= first AND ordinal < first + {c.Scalar(3)} AND claimed_by IS NULL
                    AND ordinal = (
                        SELECT ordinal FROM webhook_queue AS oldest WHERE oldest.message_sid = entry.message_sid
                        ORDER BY message_sid, ordinal LIMIT 1)
                ORDER BY endpoint, ordinal LIMIT quota FOR UPDATE SKIP LOCKED) AS found
            WHERE quota > 0 LIMIT {c.Scalar(4)}
        ), claimed AS (
            UPDATE webhook_queue AS entry SET claimed_by = {c.Scalar(5)}, claimed_at = clock_timestamp()
            FROM free WHERE entry.webhook_sid = free.webhook_sid
            RETURNING entry.endpoint, entry.webhook_sid, entry.ordinal
        )
        SELECT name, quota, ARRAY(SELECT webhook_sid::text FROM claimed WHERE claimed.endpoint = name ORDER BY ordinal),
            EXISTS (SELECT FROM webhook_queue WHERE endpoint = name AND ordinal >= first + {c.Scalar(3)}), first + {c.Scalar(3)} - 1
        FROM lane ORDER BY place
        """);

    private static readonly Statement<Sid> Release = Statement.OverSids(c => ReleaseSql(c, $"webhook_sid = ANY ({c["sid"]})"));

    private static readonly Statement<Sid> ReleaseAllBut = Statement.OverSids(c => ReleaseSql(c, $"webhook_sid <> ALL ({c["sid"]})"));

    /// <summary>Claims for a process; the claims are committed when this returns.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="process">The process.</param>
    /// <param name="after">Only endpoints that come after this one; empty for the first.</param>
    /// <param name="quotas">How many to claim of each endpoint; 1 of those that are not named.</param>
    /// <param name="max">How many to claim in all.</param>
    /// <param name="cancellation">Ends the wait for the database; the claims may be made all the same.</param>
    public static async Task<WebhookClaim> ClaimWebhooksAsync(
        this NpgsqlDataSource dataSource, Guid process, string after, IReadOnlyList<ClaimQuota> quotas, int max, CancellationToken cancellation)
    {
        var claim = Claim.For(quotas, Scalar.Of(after), Scalar.Of(MaxEndpoints), Scalar.Of(Stretch), Scalar.Of(max), Scalar.Of(process));
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(TransactionSettings.Command());
        batch.BatchCommands.Add(claim);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        List<ClaimedEndpoint> lanes = [];
        string last = "";
        var visited = 0;
        while (await reader.ReadAsync(cancellation))
        {
            visited++;
            last = reader.GetString(0);
            var quota = reader.GetInt32(1);
            if (quota == 0) continue;
            var sids = reader.GetFieldValue<string[]>(2);
            var filled = sids.Length == quota;
            lanes.Add(new(last, [.. sids.Select(sid => Sid.Parse(sid))], filled, !filled && reader.GetBoolean(3) ? reader.GetInt64(4) : 0));
        }

        // Where the whole claim was full, a lane that got little has not seen all that was allowed to it.
        if (lanes.Sum(lane => lane.Webhooks.Count) == max) lanes = [.. lanes.Select(lane => lane with { Filled = true, LookAfter = 0 })];
        return new(lanes, visited == MaxEndpoints ? last : "");
    }

    /// <summary>Puts a webhook back into the queue, behind all others.</summary>
    /// <returns>False when it is in the queue already.</returns>
    public static async Task<bool> RequeueAsync(this MessagingDb db, Webhook webhook, CancellationToken cancellation) =>
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO webhook_queue (webhook_sid, message_sid, endpoint)
             VALUES ({webhook.Sid.Value}, {webhook.MessageSid.Value}, {Webhook.EndpointOf(webhook.Url)})
             ON CONFLICT (webhook_sid) DO NOTHING
             """, cancellation) == 1;

    /// <summary>Frees claims of the process: of the webhooks given.</summary>
    public static Task ReleaseAsync(this NpgsqlDataSource dataSource, Guid process, IReadOnlyList<Sid> webhooks, CancellationToken cancellation) =>
        webhooks.Count == 0 ? Task.CompletedTask : ReleaseAsync(dataSource, Release, process, webhooks, cancellation);

    /// <summary>
    /// Frees claims of the process that it does not know of: all but those of the webhooks given. Such are left when the answer to a claim is
    /// lost after its commit.
    /// </summary>
    public static Task ReleaseAllButAsync(this NpgsqlDataSource dataSource, Guid process, IReadOnlyList<Sid> held, CancellationToken cancellation) =>
        ReleaseAsync(dataSource, ReleaseAllBut, process, held, cancellation);

    private static string ReleaseSql(ColumnSet<Sid> columns, string which) =>
        $"UPDATE webhook_queue SET claimed_by = NULL, claimed_at = NULL WHERE {which} AND claimed_by = {columns.Scalar(1)}";

    private static async Task ReleaseAsync(
        NpgsqlDataSource dataSource, Statement<Sid> release, Guid process, IReadOnlyList<Sid> webhooks, CancellationToken cancellation)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(release.For(webhooks, Scalar.Of(process)));
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>What one claim brought.</summary>
/// <param name="Lanes">Every endpoint that was looked into.</param>
/// <param name="Next">After which endpoint the next claim goes on; empty when all were visited.</param>
internal sealed record WebhookClaim(IReadOnlyList<ClaimedEndpoint> Lanes, string Next);

/// <summary>What one claim brought for one endpoint.</summary>
/// <param name="Endpoint">Scheme, host and port.</param>
/// <param name="Webhooks">The webhooks in their order.</param>
/// <param name="Filled">Whether the quota was reached.</param>
/// <param name="LookAfter">The ordinal behind which to go on, since there are more; 0 to begin anew.</param>
internal sealed record ClaimedEndpoint(string Endpoint, IReadOnlyList<Sid> Webhooks, bool Filled, long LookAfter);
