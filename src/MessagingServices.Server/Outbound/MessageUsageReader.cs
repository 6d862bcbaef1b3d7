using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound;

/// <summary>
/// Counts messages and their prices. Nothing counts while messages are sent: the query reads them. Only what the
/// deletion of a message would forget is kept.
/// </summary>
internal static class MessageUsageReader
{
    private const string ReadSql =
        $$"""
        SELECT start, kind, is_inbound, is_short_code,
            sum(count)::bigint AS count, sum(segments)::bigint AS segments, sum(price) AS price
        FROM (
            SELECT date_trunc({0}, date_sent AT TIME ZONE 'UTC')::date AS start, kind, is_inbound, is_short_code,
                count(*) AS count, coalesce(sum(num_segments), 0) AS segments, coalesce(-sum(price), 0) AS price
            FROM messages, {{UsageStatements.Facts}}
            WHERE account_sid = {1} AND date_sent >= {2} AND date_sent < {3}
            GROUP BY 1, 2, 3, 4
            UNION ALL
            SELECT date_trunc({0}, day::timestamp)::date, kind, is_inbound, is_short_code, count, segments, price
            FROM removed_usage WHERE account_sid = {1} AND day BETWEEN {4} AND {5}
        ) AS part
        GROUP BY 1, 2, 3, 4
        """;

    /// <summary>What an account has sent and received in a time, by the date sent, in periods.</summary>
    /// <param name="db">The database.</param>
    /// <param name="account">The account.</param>
    /// <param name="period"><c>day</c>, <c>month</c>, <c>year</c>, or <c>millennium</c> for all in one.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<IReadOnlyList<MessageUsage>> ReadUsageAsync(
        this MessagingDb db, Sid account, string period, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var start = new DateTimeOffset(from, default, TimeSpan.Zero);
        var end = new DateTimeOffset(to, default, TimeSpan.Zero).AddDays(1);
        return await db.Database.SqlQueryRaw<MessageUsage>(ReadSql, period, account.Value, start, end, from, to)
            .ToListAsync(cancellation);
    }

    /// <summary>What an account has spent since it was created, in US dollars.</summary>
    public static Task<decimal> ReadSpentAsync(
        this MessagingDb db, Sid account, CancellationToken cancellation) =>
        // One statement: a message is counted once, also while it is deleted.
        db.Database.SqlQuery<decimal>(
            $"""
             SELECT coalesce((SELECT -sum(price) FROM messages WHERE account_sid = {account.Value}), 0)
                 + coalesce((SELECT sum(price) FROM removed_usage WHERE account_sid = {account.Value}), 0) AS "Value"
             """).SingleAsync(cancellation);
}
