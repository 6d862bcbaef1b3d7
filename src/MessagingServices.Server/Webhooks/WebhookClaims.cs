using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Webhooks;

/// <summary>
/// Claims webhooks for each endpoint up to its quota. The claim never reads the webhooks of one endpoint to find those
/// of another, however many there are.
/// </summary>
/// <remarks>
/// One index probe finds each endpoint. For one endpoint a claim reads <see cref="OrdinalsPerClaim"/> ordinals, because
/// thousands of webhooks may wait for older ones of their messages.
/// </remarks>
internal static class WebhookClaims
{
    private const int MaxEndpoints = 128;
    private const int OrdinalsPerClaim = 5000;

    private static readonly Statement<ClaimQuota> Claim = new(
        new()
        {
            { "endpoint", quota => quota.Endpoint },
            { "quota", quota => quota.Max },
            { "after", quota => quota.Cursor },
        },
        c => $"""
        WITH RECURSIVE endpoint (name, place) AS (
            (SELECT endpoint, 1 FROM webhook_queue WHERE endpoint > {c.Scalar(1)} ORDER BY endpoint LIMIT 1)
            UNION ALL
            SELECT following.endpoint, place + 1 FROM endpoint CROSS JOIN LATERAL (
                SELECT endpoint FROM webhook_queue WHERE endpoint > name ORDER BY endpoint LIMIT 1) AS following
            WHERE place < {c.Scalar(2)}
        ), target AS MATERIALIZED (
            SELECT name, place, COALESCE(row.quota, 1) AS quota, (
                SELECT ordinal FROM webhook_queue WHERE endpoint = name AND ordinal > COALESCE(row.after, 0)
                ORDER BY endpoint, ordinal LIMIT 1) AS first
            FROM endpoint LEFT JOIN {c.Rows} ON row.endpoint = name
        ), free AS MATERIALIZED (
            SELECT found.webhook_sid FROM target CROSS JOIN LATERAL (
                SELECT webhook_sid FROM webhook_queue AS entry
                WHERE endpoint = name AND ordinal >= first AND ordinal < first + {c.Scalar(3)} AND claimed_by IS NULL
                    AND (not_before IS NULL OR (not_before <= now() AND NOT EXISTS (
                        SELECT FROM webhook_queue AS other WHERE other.message_sid = entry.message_sid
                            AND other.claimed_by IS NOT NULL)))
                    AND ordinal = (
                        SELECT ordinal FROM webhook_queue AS oldest WHERE oldest.message_sid = entry.message_sid
                            AND (step IS NULL OR step <> 'held' OR not_before <= now())
                        ORDER BY message_sid, ordinal LIMIT 1)
                    AND NOT EXISTS (SELECT FROM held_webhooks AS held WHERE held.message_sid = entry.message_sid)
                ORDER BY endpoint, ordinal LIMIT quota FOR UPDATE SKIP LOCKED) AS found
            WHERE quota > 0 LIMIT {c.Scalar(4)}
        ), claimed AS (
            UPDATE webhook_queue AS entry SET claimed_by = {c.Scalar(5)}, claimed_at = clock_timestamp()
            FROM free WHERE entry.webhook_sid = free.webhook_sid
            RETURNING entry.endpoint, entry.webhook_sid, entry.ordinal, entry.step, EXISTS (
                SELECT FROM webhook_queue AS held
                WHERE held.message_sid = entry.message_sid AND held.step = 'held' AND held.ordinal < entry.ordinal
            ) AS holds_others
        )
        SELECT name, quota, ARRAY(SELECT webhook_sid::text FROM claimed WHERE claimed.endpoint = name ORDER BY ordinal),
            ARRAY(SELECT step::text FROM claimed WHERE claimed.endpoint = name ORDER BY ordinal),
            ARRAY(SELECT holds_others FROM claimed WHERE claimed.endpoint = name ORDER BY ordinal),
            EXISTS (SELECT FROM webhook_queue WHERE endpoint = name AND ordinal >= first + {c.Scalar(3)}),
            first + {c.Scalar(3)} - 1
        FROM target ORDER BY place
        """);

    private static readonly Statement<Sid> Release =
        Statement.OverSids(c => ReleaseSql(c, $"webhook_sid = ANY ({c["sid"]})"));

    /// <summary>Claims webhooks for a node, and commits the claims.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="node">The node.</param>
    /// <param name="after">Only endpoints after this one; empty for all.</param>
    /// <param name="quotas">The quotas of the known endpoints; every other has a quota of 1.</param>
    /// <param name="max">The max number of claims in all.</param>
    /// <param name="cancellation">Ends the wait for the database; the claims may be committed all the same.</param>
    /// <returns>The claims, not loaded.</returns>
    public static async Task<ClaimBatch> ClaimWebhooksAsync(
        this NpgsqlDataSource dataSource, Guid node, string after, IReadOnlyList<ClaimQuota> quotas, int max,
        CancellationToken cancellation)
    {
        var claim = Claim.For(quotas, Scalar.Of(after), Scalar.Of(MaxEndpoints), Scalar.Of(OrdinalsPerClaim),
            Scalar.Of(max), Scalar.Of(node));
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(TransactionSettings.Command());
        batch.BatchCommands.Add(claim);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        List<EndpointClaim> endpoints = [];
        var last = "";
        var visited = 0;
        while (await reader.ReadAsync(cancellation))
        {
            visited++;
            last = reader.GetString(0);
            var quota = reader.GetInt32(1);
            if (quota == 0) continue;
            var sids = reader.GetFieldValue<string[]>(2);
            var limitReached = sids.Length == quota;
            var cursor = !limitReached && reader.GetBoolean(5) ? reader.GetInt64(6) : 0;
            endpoints.Add(new(last, [.. sids.Select(sid => Sid.Parse(sid))], limitReached, cursor)
            {
                Steps = ReadSteps(reader),
            });
        }

        // The whole claim reached its limit, so an endpoint may have more although its own quota was not reached.
        if (endpoints.Sum(endpoint => endpoint.Sids.Count) == max)
            endpoints = [.. endpoints.Select(endpoint => endpoint with { LimitReached = true, Cursor = 0 })];
        return new(endpoints, visited == MaxEndpoints ? last : "");
    }

    /// <summary>Releases the claims of a node on these webhooks.</summary>
    public static Task ReleaseAsync(
        this NpgsqlDataSource dataSource, Guid node, IReadOnlyList<Sid> webhooks, CancellationToken cancellation) =>
        webhooks.Count == 0 ? Task.CompletedTask : ReleaseAsync(dataSource, Release, node, webhooks, cancellation);

    /// <summary>The webhooks that the database has as claimed by a node.</summary>
    public static async Task<IReadOnlyList<Sid>> ReadClaimsAsync(
        this NpgsqlDataSource dataSource, Guid node, CancellationToken cancellation)
    {
        await using var command = dataSource.CreateCommand(
            "SELECT webhook_sid FROM webhook_queue WHERE claimed_by = $1");
        command.Parameters.Add(Scalar.Of(node));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Sid> claimed = [];
        while (await reader.ReadAsync(cancellation)) claimed.Add(Sid.Parse(reader.GetString(0)));
        return claimed;
    }

    private static IReadOnlyList<ClaimedStep> ReadSteps(NpgsqlDataReader reader)
    {
        var (steps, holds) = (reader.GetFieldValue<string?[]>(3), reader.GetFieldValue<bool[]>(4));
        return [.. steps.Zip(holds, (step, others) =>
            new ClaimedStep(step is null ? null : EnumNames<WebhookStep>.Parse(step), others))];
    }

    private static string ReleaseSql(ColumnSet<Sid> columns, string condition) =>
        $"""
        UPDATE webhook_queue SET claimed_by = NULL, claimed_at = NULL
        WHERE {condition} AND claimed_by = {columns.Scalar(1)}
        """;

    private static async Task ReleaseAsync(
        NpgsqlDataSource dataSource, Statement<Sid> release, Guid node, IReadOnlyList<Sid> webhooks,
        CancellationToken cancellation)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(release.For(webhooks, Scalar.Of(node)));
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
