using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Engine;

/// <summary>The heartbeats of the servers, and the claims of servers without one.</summary>
internal static class HeartbeatStatements
{
    /// <summary>
    /// Records a heartbeat. The time is the database's, because the clocks of the servers may differ by more than the
    /// timeout.
    /// </summary>
    public static async Task<Heartbeat> RecordHeartbeatAsync(
        this MessagingDb db, Guid process, CancellationToken cancellation)
    {
        // Reads all rows, although there is one at most: the INSERT runs only when its rows are read.
        var recorded = await db.Database.SqlQuery<TimeSpan?>(
            $"""
             WITH before AS (SELECT last_seen FROM server_processes WHERE id = {process})
             INSERT INTO server_processes (id, last_seen) VALUES ({process}, clock_timestamp())
             ON CONFLICT (id) DO UPDATE SET last_seen = excluded.last_seen WHERE NOT server_processes.has_left
             RETURNING last_seen - (SELECT last_seen FROM before) AS "Value"
             """).ToListAsync(cancellation);
        return recorded is [var gap] ? new(IsRecorded: true, gap) : new(IsRecorded: false, null);
    }

    /// <summary>The servers without a heartbeat for longer than <paramref name="silence"/>.</summary>
    public static Task<List<Guid>> FindExpiredNodesAsync(
        this MessagingDb db, TimeSpan silence, CancellationToken cancellation) => db.Database.SqlQuery<Guid>(
        $"""
         SELECT id AS "Value" FROM server_processes WHERE NOT has_left AND last_seen < clock_timestamp() - {silence}
         """).ToListAsync(cancellation);

    /// <summary>Marks a server that has had no heartbeat for longer than <paramref name="silence"/>.</summary>
    public static Task<int> ExpireNodeAsync(
        this MessagingDb db, Guid node, TimeSpan silence, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
        $"""
         UPDATE server_processes SET has_left = true
         WHERE id = {node} AND last_seen < clock_timestamp() - {silence}
         """, cancellation);

    /// <summary>Releases the webhooks that a removed or unknown server has claimed.</summary>
    public static Task<int> ReleaseExpiredWebhooksAsync(this MessagingDb db, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
        $"""
         UPDATE webhook_queue SET claimed_by = NULL, claimed_at = NULL
         WHERE claimed_by IS NOT NULL
             AND NOT EXISTS (SELECT FROM server_processes WHERE id = claimed_by AND NOT has_left)
         """, cancellation);

    /// <summary>Releases the messages whose media a removed or unknown server has claimed.</summary>
    public static Task<int> ReleaseExpiredMediaAsync(this MessagingDb db, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
        $"""
         UPDATE media_queue SET claimed_by = NULL
         WHERE claimed_by IS NOT NULL
             AND NOT EXISTS (SELECT FROM server_processes WHERE id = claimed_by AND NOT has_left)
         """, cancellation);
}

/// <summary>The result of a heartbeat.</summary>
/// <param name="IsRecorded">False if this server counts as expired: its work is being taken over.</param>
/// <param name="Gap">The time since the last heartbeat; null when the server was unknown or already removed.</param>
internal readonly record struct Heartbeat(bool IsRecorded, TimeSpan? Gap);
