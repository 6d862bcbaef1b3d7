using System.Runtime.CompilerServices;

namespace MessagingServices.Server.Engine;

/// <summary>
/// The query that finds the due rows of a queue, some of each account. A million due messages of one account do not
/// hold up those of another: each account with due rows has its share of every batch.
/// </summary>
/// <remarks>
/// Rows that are ready (see <see cref="QueueWakes"/>) are side by side in the index, by account. One index probe finds
/// each account that has some; accounts without are not read. Rows that become due by time come from the same index, in
/// the order of their time. They have half of the batch when both kinds are due.
/// </remarks>
internal static class FairClaims
{
    /// <summary>
    /// The accounts in one batch. With more, each claim begins after the last account of the one before.
    /// </summary>
    public const int MaxAccounts = 200;

    /// <summary>Rows that are due for so long and still wait are made ready.</summary>
    public static readonly TimeSpan Backlog = TimeSpan.FromSeconds(1);

    private const int MaxMadeReady = 25;

    /// <summary>The query; it locks the rows.</summary>
    /// <param name="table">The table of the queue.</param>
    /// <param name="stage">The stage; null for a queue of one stage only.</param>
    /// <param name="now">The real time.</param>
    /// <param name="after">Only accounts after this one; empty for all.</param>
    /// <param name="limit">The maximum number of rows.</param>
    public static FormattableString Query(
        string table, string? stage, DateTimeOffset now, string after, int limit)
    {
        var here = stage is null ? "" : "stage = {4} AND ";
        return FormattableStringFactory.Create(
            $$"""
            WITH RECURSIVE account (sid, place) AS (
                (SELECT account_sid, 1 FROM {{table}} WHERE {{here}}wake = '-infinity' AND account_sid > {0}
                    ORDER BY account_sid LIMIT 1)
                UNION ALL
                SELECT following.account_sid, place + 1 FROM account CROSS JOIN LATERAL (
                    SELECT account_sid FROM {{table}} WHERE {{here}}wake = '-infinity' AND account_sid > account.sid
                    ORDER BY account_sid LIMIT 1) AS following
                WHERE place < {1}
            ), woken AS MATERIALIZED (
                SELECT * FROM {{table}} WHERE {{here}}wake > '-infinity' AND wake <= {2}
                ORDER BY wake
                LIMIT CASE WHEN EXISTS (SELECT FROM account) THEN ({3} + 1) / 2 ELSE {3} END
                FOR UPDATE SKIP LOCKED
            )
            SELECT * FROM woken
            UNION ALL
            SELECT ready.* FROM account CROSS JOIN LATERAL (
                SELECT * FROM {{table}} WHERE {{here}}wake = '-infinity' AND account_sid = account.sid
                ORDER BY due_at
                LIMIT (SELECT greatest(1, ({3} - (SELECT count(*) FROM woken)) / count(*)) FROM account)
                FOR UPDATE SKIP LOCKED) AS ready
            LIMIT {3}
            """, stage is null ? [after, MaxAccounts, now, limit] : [after, MaxAccounts, now, limit, stage]);
    }

    /// <summary>
    /// Makes rows ready that are due by time: some of each account, so that those of one account do not hold up those
    /// of another. The query returns the last account; empty when there are no more.
    /// </summary>
    /// <inheritdoc cref="Query"/>
    public static FormattableString MakeReady(string table, string? stage, DateTimeOffset now, string after)
    {
        var here = stage is null ? "" : "stage = {4} AND ";
        return FormattableStringFactory.Create(
            $$"""
            WITH RECURSIVE account (sid, place) AS (
                (SELECT account_sid, 1 FROM {{table}} WHERE wake > '-infinity' AND account_sid > {3}
                    ORDER BY account_sid LIMIT 1)
                UNION ALL
                SELECT following.account_sid, place + 1 FROM account CROSS JOIN LATERAL (
                    SELECT account_sid FROM {{table}} WHERE wake > '-infinity' AND account_sid > account.sid
                    ORDER BY account_sid LIMIT 1) AS following
                WHERE place < {1}
            ), woken AS MATERIALIZED (
                SELECT woken.message_sid FROM account CROSS JOIN LATERAL (
                    SELECT message_sid FROM {{table}}
                    WHERE {{here}}wake > '-infinity' AND wake <= {0} AND account_sid = account.sid
                    ORDER BY wake LIMIT {2} FOR UPDATE SKIP LOCKED) AS woken
            ), ready AS (
                UPDATE {{table}} AS entry SET wake = '-infinity' FROM woken
                WHERE entry.message_sid = woken.message_sid
            )
            SELECT CASE WHEN count(*) = {1} THEN max(sid) ELSE '' END AS "Value" FROM account
            """, stage is null ? [now, MaxAccounts, MaxMadeReady, after]
                : [now, MaxAccounts, MaxMadeReady, after, stage]);
    }
}
