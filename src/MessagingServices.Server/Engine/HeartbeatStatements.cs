using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>Which servers live, and what happens to the claims of those that do not.</summary>
internal static class HeartbeatStatements
{
    /// <summary>
    /// Records that the process lives now. The database's clock decides: the servers' own may differ by more than the silence.
    /// </summary>
    /// <returns>How long the process had not shown itself; null when it was not known, or not any more.</returns>
    public static async Task<TimeSpan?> RecordHeartbeatAsync(this MessagingDb db, Guid process, CancellationToken cancellation) =>
        // Only a statement that changes something needs all its rows read; one is all there is.
        (await db.Database.SqlQuery<TimeSpan?>(
            $"""
             WITH before AS (SELECT last_seen FROM server_processes WHERE id = {process})
             INSERT INTO server_processes (id, last_seen) VALUES ({process}, clock_timestamp())
             ON CONFLICT (id) DO UPDATE SET last_seen = excluded.last_seen
             RETURNING last_seen - (SELECT last_seen FROM before) AS "Value"
             """).ToListAsync(cancellation)).Single();

    /// <summary>Removes the processes that have been silent for longer than <paramref name="silence"/>.</summary>
    /// <returns>How many.</returns>
    public static Task<int> RemoveExpiredNodesAsync(this MessagingDb db, TimeSpan silence, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM server_processes WHERE last_seen < clock_timestamp() - {silence}", cancellation);

    /// <summary>Frees the webhooks whose claimer is not among the living, however that came about.</summary>
    public static Task<int> ReleaseExpiredWebhooksAsync(this MessagingDb db, CancellationToken cancellation) => db.Database.ExecuteSqlAsync(
        $"""
         UPDATE webhook_queue SET claimed_by = NULL, claimed_at = NULL
         WHERE claimed_by IS NOT NULL AND NOT EXISTS (SELECT FROM server_processes WHERE id = claimed_by)
         """, cancellation);

    /// <summary>Frees the messages whose media are fetched by none of the living.</summary>
    public static Task<int> ReleaseExpiredMediaAsync(this MessagingDb db, CancellationToken cancellation) => db.Database.ExecuteSqlAsync(
        $"""
         UPDATE media_queue SET claimed_by = NULL
         WHERE claimed_by IS NOT NULL AND NOT EXISTS (SELECT FROM server_processes WHERE id = claimed_by)
         """, cancellation);
}
