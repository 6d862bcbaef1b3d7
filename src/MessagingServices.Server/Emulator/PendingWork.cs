using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Queries for due work that no stage has finished yet.</summary>
internal static class PendingWork
{
    /// <summary>A request that has run for longer hangs.</summary>
    public static readonly TimeSpan Hanging = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Returns true if a message from before the move of the clock has due work: a stage, its media, the carrier's
    /// report or the first attempt of a webhook. The query ignores webhooks whose request has run for 2 s. It also
    /// ignores webhooks that wait behind them for the same message or endpoint. A receiver that hangs therefore does
    /// not block the clock. A single statement finds a message that moves from one table to another in one of them. It
    /// leaves out this server's memory (<see cref="UnfinishedWork"/>); other servers store whether theirs has finished.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="now">The end of the period; later work is not due.</param>
    /// <param name="moved">The clock after the move.</param>
    /// <param name="node">This server.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<bool> HasPendingWorkAsync(
        this MessagingDb db, DateTimeOffset now, ClockState moved, NodeId node, CancellationToken cancellation)
    {
        var stages = EnumNames<MessageStage>.All.ToArray();
        return await db.Database.SqlQuery<bool>(
            $"""
             WITH due AS (
                 SELECT message_sid FROM message_queue WHERE stage = ANY ({stages}) AND due <= {now}
                 UNION ALL
                 SELECT message_sid FROM media_queue WHERE due <= {now}
                 UNION ALL
                 SELECT message_sid FROM carrier_deliveries WHERE due <= {now}
                 UNION ALL
                 SELECT waiting.message_sid FROM webhook_queue AS waiting JOIN webhooks ON webhooks.sid = webhook_sid
                 WHERE (waiting.claimed_by IS NULL OR waiting.claimed_at > clock_timestamp() - {Hanging})
                     AND webhooks.attempts = '[]'
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
                 SELECT FROM owned_messages LEFT JOIN server_processes ON id = owner
                 WHERE id IS NULL OR has_left)
             OR EXISTS (
                 SELECT FROM server_processes
                 WHERE id <> {node.Id} AND NOT has_left AND finished_move < {moved.MoveCount}) AS "Value"
             """).SingleAsync(cancellation);
    }

    /// <summary>
    /// Counts all due work, including that of messages from after a move of the clock. A falling count means progress.
    /// </summary>
    public static Task<long> CountPendingWorkAsync(
        this MessagingDb db, DateTimeOffset now, CancellationToken cancellation) => db.Database.SqlQuery<long>(
        $"""
         SELECT (SELECT count(*) FROM message_queue WHERE due <= {now})
             + (SELECT count(*) FROM media_queue WHERE due <= {now})
             + (SELECT count(*) FROM carrier_deliveries WHERE due <= {now})
             + (SELECT count(*) FROM webhook_queue) + (SELECT count(*) FROM owned_messages) AS "Value"
         """).SingleAsync(cancellation);

    /// <summary>The earliest due time of all queued work, past or future; null when the queues are empty.</summary>
    public static async Task<DateTimeOffset?> OldestDueAsync(this MessagingDb db, CancellationToken cancellation)
    {
        var oldest = await db.CarrierDeliveries.MinAsync(delivery => (DateTimeOffset?)delivery.Due, cancellation);
        var media = await db.MediaQueue.MinAsync(entry => (DateTimeOffset?)entry.Due, cancellation);
        if (media < (oldest ?? DateTimeOffset.MaxValue)) oldest = media;
        // The next step of a message in memory is due after its last change.
        var owned = await db.OwnedMessages
            .Join(db.Messages, ownership => ownership.MessageSid, message => message.Sid, (_, message) => message)
            .MinAsync(message => (DateTimeOffset?)message.DateUpdated, cancellation);
        if (owned < (oldest ?? DateTimeOffset.MaxValue)) oldest = owned;
        // One query for each stage can use the index (stage, due).
        foreach (var stage in Enum.GetValues<MessageStage>())
        {
            var due = await db.MessageQueue.Where(entry => entry.Stage == stage)
                .MinAsync(entry => (DateTimeOffset?)entry.Due, cancellation);
            if (due < (oldest ?? DateTimeOffset.MaxValue)) oldest = due;
        }

        return oldest;
    }
}
