using System.Diagnostics;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>
/// Servers of an earlier version on a database that is about to be migrated. They would go on with a schema that they
/// do not know, so the new server does not start while they run.
/// </summary>
internal static class RunningServers
{
    /// <summary>
    /// A server without a heartbeat for so long has ended. A new one waits: the last one may have crashed just now.
    /// </summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = Silence + TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits for the heartbeats of servers that have ended to expire.</summary>
    /// <exception cref="StartupException">Servers are running.</exception>
    public static async Task RefuseAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        for (var start = Stopwatch.GetTimestamp(); ; await Task.Delay(Pause, cancellation))
        {
            var running = await CountAsync(connection, cancellation);
            if (running == 0) return;
            if (Stopwatch.GetElapsedTime(start) < Patience) continue;
            throw new StartupException(
                $"{running} server(s) of an earlier version use the database \"{connection.Database}\" at "
                + $"{connection.DataSource}, whose schema must be migrated: stop them, then start this one.");
        }
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM server_processes WHERE last_seen > clock_timestamp() - $1", connection)
        {
            Parameters = { new() { Value = Silence } },
        };
        try
        {
            return (long)(await command.ExecuteScalarAsync(cancellation))!;
        }
        catch (PostgresException missing) when (DatabaseErrors.IsMissingTable(missing))
        {
            return 0;
        }
    }
}
