using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// The transactions that write messages now, on any server. The database assigns a message's ordinal before the commit,
/// so messages may become visible in another order than that of their ordinals. When all transactions that run now have
/// ended, no message before a visible one is missing.
/// </summary>
internal sealed class RunningWrites(NpgsqlDataSource database, Polling polling)
{
    /// <summary>
    /// A transaction locks the table before it assigns ordinals, and until it ends. Its number is not assigned before
    /// the first row, so snapshots do not show all of them.
    /// </summary>
    private const string Sql =
        """
        SELECT coalesce(array_agg(virtualtransaction), '{}') FROM pg_locks
        WHERE relation = 'messages'::regclass AND mode = 'RowExclusiveLock' AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Waits until all transactions that write messages now have ended; at most 5 seconds, since one may hang.
    /// </summary>
    /// <exception cref="TwilioException">20503 when the server stops during the wait.</exception>
    public async Task EndAsync(CancellationToken cancellation)
    {
        var running = await ReadAsync(cancellation);
        if (running.Count == 0) return;
        await polling.UntilAsync(
            async cancelled =>
            {
                running.IntersectWith(await ReadAsync(cancelled));
                return running;
            },
            left => left.Count == 0, Patience, PollInterval, cancellation);
    }

    private async Task<HashSet<string>> ReadAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql);
        return [.. (string[])(await command.ExecuteScalarAsync(cancellation))!];
    }
}
