using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Queries for due work of an account that no stage has finished yet.</summary>
/// <remarks>They read rows of this account only, so the work of others costs them nothing.</remarks>
internal static class PendingWork
{
    /// <summary>A request that has run for longer hangs.</summary>
    public static readonly TimeSpan Hanging = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Returns true if another server does not use the changed clock yet, or if a message from before the move of the
    /// clock has due work: a stage, its media, the carrier's report or the first attempt of a webhook. The query
    /// ignores webhooks whose request has run for 2 s. It also ignores webhooks that wait behind them for the same
    /// message or endpoint. A receiver that hangs therefore does not block the clock. Webhooks that a rule delays or
    /// holds do not count, and neither do those that wait behind a delayed one. A single statement finds a
    /// message that moves from one table to another in one of them. It leaves out this server's memory
    /// (<see cref="UnfinishedWork"/>); other servers store whether theirs has finished.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="now">The real time.</param>
    /// <param name="moved">The clock after the move.</param>
    /// <param name="node">This server.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<bool> HasPendingWorkAsync(
        this MessagingDb db, DateTimeOffset now, ClockState moved, NodeId node, CancellationToken cancellation)
    {
        if (await db.IsBehindAsync(moved, node, hasFinished: true, cancellation)) return true;
        var account = moved.AccountSid.Value;
        var stages = EnumNames<MessageStage>.All.ToArray();
        return await db.Database.SqlQuery<bool>(
            $"""
             WITH due AS (
                 SELECT message_sid FROM message_queue
                 WHERE stage = ANY ({stages}) AND wake = '-infinity' AND account_sid = {account}
                 UNION ALL
                 SELECT message_sid FROM message_queue
                 WHERE account_sid = {account} AND wake > '-infinity' AND wake <= {now}
                 UNION ALL
                 SELECT message_sid FROM media_queue WHERE account_sid = {account}
                 UNION ALL
                 SELECT message_sid FROM carrier_deliveries WHERE wake = '-infinity' AND account_sid = {account}
                 UNION ALL
                 SELECT message_sid FROM carrier_deliveries
                 WHERE account_sid = {account} AND wake > '-infinity' AND wake <= {now}
                 UNION ALL
                 SELECT waiting.message_sid FROM webhook_queue AS waiting JOIN webhooks ON webhooks.sid = webhook_sid
                 WHERE waiting.account_sid = {account}
                     AND (waiting.claimed_by IS NULL OR waiting.claimed_at > clock_timestamp() - {Hanging})
                     AND webhooks.attempts = '[]'
                     AND (waiting.not_before IS NULL OR waiting.not_before <= clock_timestamp())
                     AND NOT EXISTS (
                         SELECT FROM webhook_queue AS delayed WHERE delayed.message_sid = waiting.message_sid
                             AND delayed.step = 'delayed' AND delayed.not_before > clock_timestamp())
                     AND NOT EXISTS (
                         SELECT FROM webhook_queue AS hanging WHERE hanging.message_sid = waiting.message_sid
                             AND hanging.claimed_at < clock_timestamp() - {Hanging})
                     AND NOT EXISTS (
                         SELECT FROM webhook_queue AS hanging WHERE hanging.endpoint = waiting.endpoint
                             AND hanging.claimed_at < clock_timestamp() - {Hanging})
             )
             SELECT EXISTS (
                 SELECT FROM due JOIN messages ON messages.sid = due.message_sid
                 WHERE date_created < {moved.JumpTo} OR date_created <= {moved.MovedFrom})
             OR EXISTS (
                 SELECT FROM owned_messages JOIN messages ON messages.sid = message_sid
                 LEFT JOIN server_processes ON id = owner
                 WHERE account_sid = {account} AND (id IS NULL OR has_left)) AS "Value"
             """).SingleAsync(cancellation);
    }

    /// <summary>Whether another server that is alive does not use a changed clock yet.</summary>
    /// <param name="db">The database.</param>
    /// <param name="changed">The clock.</param>
    /// <param name="node">This server.</param>
    /// <param name="hasFinished">Whether its memory must have finished the work that has become due, too.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static Task<bool> IsBehindAsync(
        this MessagingDb db, ClockState changed, NodeId node, bool hasFinished,
        CancellationToken cancellation) => db.Database.SqlQuery<bool>(
        $"""
         SELECT EXISTS (
             SELECT FROM server_processes
             WHERE id <> {node.Id} AND NOT has_left
                 AND seen_change <= (SELECT change FROM account_clocks WHERE account_sid = {changed.AccountSid.Value})
                 AND NOT EXISTS (
                     SELECT FROM unnest(acknowledged) AS seen
                     WHERE split_part(seen, ':', 1) = {changed.AccountSid.Value}
                         AND split_part(seen, ':', 2)::bigint >= {changed.Version}
                         AND (NOT {hasFinished} OR split_part(seen, ':', 3) = '1'))) AS "Value"
         """).SingleAsync(cancellation);

    /// <summary>
    /// Counts all due work of an account, including that of messages from after a move of its clock. A falling count
    /// means progress.
    /// </summary>
    public static Task<long> CountPendingWorkAsync(
        this MessagingDb db, Sid account, DateTimeOffset now, CancellationToken cancellation) =>
        db.Database.SqlQuery<long>(
        $"""
         SELECT (SELECT count(*) FROM message_queue WHERE account_sid = {account.Value} AND wake <= {now})
             + (SELECT count(*) FROM media_queue WHERE account_sid = {account.Value})
             + (SELECT count(*) FROM carrier_deliveries WHERE account_sid = {account.Value} AND wake <= {now})
             + (SELECT count(*) FROM webhook_queue WHERE account_sid = {account.Value})
             + (SELECT count(*) FROM owned_messages JOIN messages ON sid = message_sid
                 WHERE account_sid = {account.Value}) AS "Value"
         """).SingleAsync(cancellation);
}
