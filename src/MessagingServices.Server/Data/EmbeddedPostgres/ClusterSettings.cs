using System.Runtime.Versioning;
using System.Text;
using Npgsql;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>
/// The configuration file of an embedded PostgreSQL, which accepts connections through one socket and never through the
/// network.
/// </summary>
internal static class ClusterSettings
{
    private const int Port = 5432;

    // macOS has the smallest limit for the path of a socket. Linux allows 4 bytes more.
    private const int MaxSocketPathBytes = 103;

    /// <summary>
    /// Whether clients can open a socket in the folder. The length of the path is limited, and a comma would separate
    /// two hosts.
    /// </summary>
    public static bool CanHoldSocket(string directory) =>
        Encoding.UTF8.GetByteCount($"{directory}/.s.PGSQL.{Port}") <= MaxSocketPathBytes && !directory.Contains(',');

    /// <summary>The connection string for the socket in a folder.</summary>
    public static string ConnectionString(string socketDirectory, string database) =>
        Connect(socketDirectory, database).ConnectionString;

    /// <summary>
    /// Connections for a short check of a PostgreSQL that may not respond. They need none of the server's databases.
    /// </summary>
    public static NpgsqlDataSource Maintenance(string socketDirectory)
    {
        var connect = Connect(socketDirectory, "postgres");
        connect.Pooling = false;
        connect.Timeout = 5;
        var builder = new NpgsqlSlimDataSourceBuilder(connect.ConnectionString);
        // Each connection would read the types of the database. The checks need none.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    /// <summary>Writes the file and replaces an existing one.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void Write(ClusterFolder folder, string socketDirectory, bool durable)
    {
        var onIfDurable = durable ? "on" : "off";
        File.WriteAllText(folder.Settings, $"""
            # The server overwrites this file at every start. For your own settings use ALTER SYSTEM, which has
            # priority over this file.
            listen_addresses = ''
            port = {Port}
            unix_socket_directories = '{socketDirectory.Replace("'", "''", StringComparison.Ordinal)}'
            unix_socket_permissions = 0700
            max_connections = 200
            shared_buffers = 256MB
            # Under load the WAL grows by 1 GB in 30 seconds, and each checkpoint makes it grow faster.
            max_wal_size = 4GB
            checkpoint_timeout = 15min
            # Rows of queues live for a short time and leave many dead rows.
            autovacuum_naptime = 10s
            jit = off
            fsync = {onIfDurable}
            synchronous_commit = {onIfDurable}
            full_page_writes = {onIfDurable}
            timezone = 'UTC'
            log_timezone = 'UTC'
            # The server receives and logs the errors of statements. In this log they would fill the disk.
            log_min_messages = log
            log_checkpoints = off

            """);
        // PostgreSQL's user must be able to read the file with any umask of root.
        File.SetUnixFileMode(
            folder.Settings,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    // The socket has no encryption, and negotiating it would cost round trips.
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
