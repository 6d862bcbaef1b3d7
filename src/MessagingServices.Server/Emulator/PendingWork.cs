using MessagingServices.Server.Data.Queues;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>Whether anything that has come due still waits to be worked.</summary>
internal static class PendingWork
{
    /// <summary>
    /// Whether a message that is not newer than the move of the clock still waits for a stage, its media or the carrier's report that is due, or
    /// has a webhook without a first attempt. Not counted are webhooks that have been under way for two seconds, and those that wait behind such
    /// a one of the same message or endpoint: a receiver that hangs does not hold the clock. One statement, so that a message on its way
    /// from one table to another is always seen in one of them.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="now">What is due until then.</param>
    /// <param name="moved">When the clock was moved, on the clock itself: before and after.</param>
    /// <param name="cancellation">Ends the query.</param>
    public static async Task<bool> IsWorkUnfinishedAsync(
        this MessagingDb db, DateTimeOffset now, (DateTimeOffset Before, DateTimeOffset After) moved, CancellationToken cancellation)
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
                 WHERE (waiting.claimed_by IS NULL OR waiting.claimed_at > clock_timestamp() - interval '2 seconds') AND webhooks.attempts = '[]'
                     AND NOT EXISTS (
                         SELECT FROM webhook_queue AS hanging WHERE hanging.message_sid = waiting.message_sid
                             AND hanging.claimed_at < clock_timestamp() - interval '2 seconds')
                     AND NOT EXISTS (
                         SELECT FROM webhook_queue AS hanging WHERE hanging.endpoint = waiting.endpoint
                             AND hanging.claimed_at < clock_timestamp() - interval '2 seconds')
             )
             SELECT EXISTS (
                 SELECT FROM due JOIN messages ON messages.sid = due.message_sid
                 WHERE date_created < {moved.After} OR date_created <= {moved.Before}) AS "Value"
             """).SingleAsync(cancellation);
    }

    /// <summary>How much that is due is left to be worked, of messages that are newer than a move of the clock too: whether it becomes less.</summary>
    public static Task<long> CountUnworkedAsync(this MessagingDb db, DateTimeOffset now, CancellationToken cancellation) => db.Database.SqlQuery<long>(
        $"""
         SELECT (SELECT count(*) FROM message_queue WHERE due <= {now}) + (SELECT count(*) FROM media_queue WHERE due <= {now})
             + (SELECT count(*) FROM carrier_deliveries WHERE due <= {now}) + (SELECT count(*) FROM webhook_queue) AS "Value"
         """).SingleAsync(cancellation);

    /// <summary>When the oldest work that is not done was due, or will be; null when there is none.</summary>
    public static async Task<DateTimeOffset?> OldestDueAsync(this MessagingDb db, CancellationToken cancellation)
    {
        var oldest = await db.CarrierDeliveries.MinAsync(delivery => (DateTimeOffset?)delivery.Due, cancellation);
        var media = await db.MediaQueue.MinAsync(entry => (DateTimeOffset?)entry.Due, cancellation);
        if (media < (oldest ?? DateTimeOffset.MaxValue)) oldest = media;
        // Stage by stage, as the index has it.
        foreach (var stage in Enum.GetValues<MessageStage>())
        {
            var due = await db.MessageQueue.Where(entry => entry.Stage == stage).MinAsync(entry => (DateTimeOffset?)entry.Due, cancellation);
            if (due < (oldest ?? DateTimeOffset.MaxValue)) oldest = due;
        }

        return oldest;
    }
}
