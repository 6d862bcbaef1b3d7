using System.Runtime.Versioning;
using System.Text;
using Npgsql;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>The configuration file of an embedded PostgreSQL: reachable by one socket, never by network.</summary>
internal static class ClusterSettings
{
    private const int Port = 5432;

    // macOS's limit for a socket's path, the smallest; Linux allows four more.
    private const int LongestSocketPath = 103;

    /// <summary>Whether a socket in the folder can be opened: its path is limited, and a comma would separate two hosts.</summary>
    public static bool CanHoldSocket(string directory) =>
        Encoding.UTF8.GetByteCount($"{directory}/.s.PGSQL.{Port}") <= LongestSocketPath && !directory.Contains(',');

    /// <summary>How to connect through the socket in a folder.</summary>
    public static string ConnectionString(string socketDirectory, string database) => Connect(socketDirectory, database).ConnectionString;

    /// <summary>How to connect for a moment, to a PostgreSQL that may not answer, whatever databases it has.</summary>
    public static string MaintenanceConnectionString(string socketDirectory)
    {
        var connect = Connect(socketDirectory, "postgres");
        connect.Pooling = false;
        connect.Timeout = 5;
        return connect.ConnectionString;
    }

    /// <summary>Writes the file anew.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void Write(ClusterFolder folder, string socketDirectory, bool durable)
    {
        var onlyIfDurable = durable ? "on" : "off";
        File.WriteAllText(folder.Settings, $"""
            # Written anew at every start of the server. Settings of your own: ALTER SYSTEM, which wins over this file.
            listen_addresses = ''
            port = {Port}
            unix_socket_directories = '{socketDirectory.Replace("'", "''", StringComparison.Ordinal)}'
            unix_socket_permissions = 0700
            max_connections = 200
            shared_buffers = 256MB
            # Under load the log of changes grows by a gigabyte in half a minute; each checkpoint makes it grow faster.
            max_wal_size = 4GB
            checkpoint_timeout = 15min
            # Queues are emptied as fast as they are filled.
            autovacuum_naptime = 10s
            jit = off
            fsync = {onlyIfDurable}
            synchronous_commit = {onlyIfDurable}
            full_page_writes = {onlyIfDurable}
            timezone = 'UTC'
            log_timezone = 'UTC'
            # Errors of statements are reported to the server, which logs them; here they would fill the disk.
            log_min_messages = log
            log_checkpoints = off

            """);
        // PostgreSQL's user reads it, whatever root's umask says.
        File.SetUnixFileMode(
            folder.Settings,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    // Encryption is never there to negotiate, and asking for it costs round trips.
    private static NpgsqlConnectionStringBuilder Connect(string socketDirectory, string database) => new()
    {
        Host = socketDirectory,
        Port = Port,
        Database = database,
        Username = "postgres",
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    };
}
