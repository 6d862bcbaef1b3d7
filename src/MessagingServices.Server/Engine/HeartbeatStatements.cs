using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>The heartbeats of the servers, and the claims of servers without one.</summary>
internal static class HeartbeatStatements
{
    /// <summary>
    /// Records a heartbeat of a registered server. The time is the database's, because the clocks of the servers may
    /// differ by more than the timeout.
    /// </summary>
    /// <returns>The time since the last heartbeat; null when the server is unknown or counts as gone.</returns>
    public static async Task<TimeSpan?> RecordHeartbeatAsync(
        this NpgsqlConnection connection, Guid process, CancellationToken cancellation)
    {
        var recorded = await connection.QueryAsync<TimeSpan>(
            """
            UPDATE server_processes SET last_seen = clock_timestamp() FROM server_processes AS before
            WHERE server_processes.id = $1 AND before.id = $1 AND NOT server_processes.has_left
            RETURNING server_processes.last_seen - before.last_seen
            """, cancellation, Scalar.Of(process));
        return recorded is [var gap] ? gap : null;
    }

    /// <summary>
    /// Registers a server. It must still acknowledge the changes of clocks that it uses.
    /// </summary>
    /// <returns>False while other servers take over the work that it had under its last registration.</returns>
    public static async Task<bool> RegisterAsync(
        this NpgsqlConnection connection, NodeId process, CancellationToken cancellation) =>
        await connection.ExecuteAsync(
            """
            INSERT INTO server_processes (id, last_seen, default_plan) VALUES ($1, clock_timestamp(), $2)
            ON CONFLICT (id) DO NOTHING
            """,
            cancellation, Scalar.Of(process.Id),
            Scalar.OfNullable(process.DefaultPlan is { } known ? StoredJson.Write(known) : null)) == 1;

    /// <summary>The servers without a heartbeat for longer than <paramref name="silence"/>.</summary>
    public static Task<IReadOnlyList<Guid>> FindExpiredNodesAsync(
        this NpgsqlConnection connection, TimeSpan silence, CancellationToken cancellation) =>
        connection.QueryAsync<Guid>(
        "SELECT id FROM server_processes WHERE NOT has_left AND last_seen < clock_timestamp() - $1",
        cancellation, Scalar.Of(silence));

    /// <summary>Marks a server that has had no heartbeat for longer than <paramref name="silence"/>.</summary>
    public static Task<int> ExpireNodeAsync(
        this NpgsqlConnection connection, Guid node, TimeSpan silence, CancellationToken cancellation) =>
        connection.ExecuteAsync(
        "UPDATE server_processes SET has_left = true WHERE id = $1 AND last_seen < clock_timestamp() - $2",
        cancellation, Scalar.Of(node), Scalar.Of(silence));

    /// <summary>Releases the webhooks that a removed or unknown server has claimed.</summary>
    public static Task<int> ReleaseExpiredWebhooksAsync(
        this NpgsqlConnection connection, CancellationToken cancellation) => connection.ExecuteAsync(
        """
        UPDATE webhook_queue SET claimed_by = NULL, claimed_at = NULL
        WHERE claimed_by IS NOT NULL
            AND NOT EXISTS (SELECT FROM server_processes WHERE id = claimed_by AND NOT has_left)
        """, cancellation);

    /// <summary>Releases the messages whose media a removed or unknown server has claimed.</summary>
    public static Task<int> ReleaseExpiredMediaAsync(
        this NpgsqlConnection connection, CancellationToken cancellation) => connection.ExecuteAsync(
        """
        UPDATE media_queue SET claimed_by = NULL
        WHERE claimed_by IS NOT NULL
            AND NOT EXISTS (SELECT FROM server_processes WHERE id = claimed_by AND NOT has_left)
        """, cancellation);
}
