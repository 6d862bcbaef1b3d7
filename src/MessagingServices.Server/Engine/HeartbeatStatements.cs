using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>The heartbeats of the servers, and the claims of servers without one.</summary>
internal static class HeartbeatStatements
{
    /// <summary>
    /// Records a heartbeat. The time is the database's, because the clocks of the servers may differ by more than the
    /// timeout.
    /// </summary>
    /// <returns>The time since the last heartbeat; null when the server was unknown or already removed.</returns>
    public static async Task<TimeSpan?> RecordHeartbeatAsync(
        this MessagingDb db, Guid process, CancellationToken cancellation) =>
        // Reads all rows, although there is one: the INSERT runs only when its rows are read.
        (await db.Database.SqlQuery<TimeSpan?>(
            $"""
             WITH before AS (SELECT last_seen FROM server_processes WHERE id = {process})
             INSERT INTO server_processes (id, last_seen) VALUES ({process}, clock_timestamp())
             ON CONFLICT (id) DO UPDATE SET last_seen = excluded.last_seen
             RETURNING last_seen - (SELECT last_seen FROM before) AS "Value"
             """).ToListAsync(cancellation)).Single();

    /// <summary>
    /// Removes the servers without a heartbeat for longer than <paramref name="silence"/>; returns their number.
    /// </summary>
    public static Task<int> RemoveExpiredNodesAsync(
        this MessagingDb db, TimeSpan silence, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM server_processes WHERE last_seen < clock_timestamp() - {silence}",
            cancellation);

    /// <summary>Releases the webhooks that a removed or unknown server has claimed.</summary>
    public static Task<int> ReleaseExpiredWebhooksAsync(this MessagingDb db, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
        $"""
         UPDATE webhook_queue SET claimed_by = NULL, claimed_at = NULL
         WHERE claimed_by IS NOT NULL AND NOT EXISTS (SELECT FROM server_processes WHERE id = claimed_by)
         """, cancellation);

    /// <summary>Releases the messages whose media a removed or unknown server has claimed.</summary>
    public static Task<int> ReleaseExpiredMediaAsync(this MessagingDb db, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
        $"""
         UPDATE media_queue SET claimed_by = NULL
         WHERE claimed_by IS NOT NULL AND NOT EXISTS (SELECT FROM server_processes WHERE id = claimed_by)
         """, cancellation);
}
