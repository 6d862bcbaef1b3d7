using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound;

/// <summary>Counts messages and their prices. Nothing counts while messages are sent: the query reads them.</summary>
internal static class MessageUsageReader
{
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
        // An address of the account is the sender, or of an inbound message the recipient.
        return await db.Database.SqlQuery<MessageUsage>(
            $"""
             SELECT date_trunc({period}, date_sent AT TIME ZONE 'UTC')::date AS start, kind, is_inbound, is_short_code,
                 count(*) AS count, coalesce(sum(num_segments), 0) AS segments, coalesce(-sum(price), 0) AS price
             FROM messages,
                 LATERAL (SELECT direction = 'inbound' AS is_inbound) AS flow,
                 LATERAL (SELECT CASE WHEN is_inbound THEN "to" ELSE "from" END AS own) AS address,
                 LATERAL (SELECT own ~ '^[0-9]+$' AS is_short_code, CASE
                     WHEN own LIKE 'whatsapp:%' THEN 'whatsapp'
                     WHEN own LIKE 'rcs:%' THEN 'rcs'
                     WHEN left(sid, 2) = 'MM' AND sent_body IS NULL THEN 'mms'
                     ELSE 'sms' END AS kind) AS place
             WHERE account_sid = {account.Value} AND date_sent >= {start} AND date_sent < {end}
             GROUP BY 1, 2, 3, 4
             """).ToListAsync(cancellation);
    }

    /// <summary>What an account has spent since it was created, in US dollars.</summary>
    public static async Task<decimal> ReadSpentAsync(
        this MessagingDb db, Sid account, CancellationToken cancellation) =>
        -(await db.Messages.Where(message => message.AccountSid == account && message.Price != null)
            .SumAsync(message => message.Price, cancellation) ?? 0);
}
