using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Persistence.Batches;

/// <summary>Which servers live, and what happens to the claims of those that do not.</summary>
internal static class ProcessClaims
{
    /// <summary>Records that the process lives now. The database's clock decides: the servers' own may differ by more than the silence.</summary>
    public static Task ShowAliveAsync(this MessagingDb db, Guid process, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO server_processes (id, last_seen) VALUES ({process}, clock_timestamp())
             ON CONFLICT (id) DO UPDATE SET last_seen = excluded.last_seen
             """, cancellation);

    /// <summary>Removes the processes that have been silent for longer than <paramref name="silence"/>.</summary>
    public static async Task<IReadOnlyList<Guid>> RemoveSilentProcessesAsync(
        this MessagingDb db, TimeSpan silence, CancellationToken cancellation) =>
        await db.Database.SqlQuery<Guid>($"DELETE FROM server_processes WHERE last_seen < clock_timestamp() - {silence} RETURNING id")
            .ToListAsync(cancellation);

    /// <summary>Frees the messages that the processes had claimed.</summary>
    public static Task<int> ReleaseMessagesAsync(this MessagingDb db, IReadOnlyList<Guid> processes, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"UPDATE message_queue SET claimed_by = NULL WHERE claimed_by = ANY ({processes.ToArray()})", cancellation);

    /// <summary>Frees the webhooks that the processes had claimed.</summary>
    public static Task<int> ReleaseWebhooksAsync(this MessagingDb db, IReadOnlyList<Guid> processes, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync(
            $"UPDATE webhook_queue SET claimed_by = NULL, claimed_at = NULL WHERE claimed_by = ANY ({processes.ToArray()})", cancellation);
}
