using Npgsql;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// Keeps others from writing a table until it is released, as a database that is slow for a moment.
/// </summary>
internal sealed class TableLock : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly NpgsqlConnection connection;
    private readonly string connectionString;

    private TableLock(string connectionString)
    {
        this.connectionString = connectionString + ";Pooling=false";
        connection = new(this.connectionString);
    }

    /// <summary>Locks the messages; they can still be read.</summary>
    public static Task<TableLock> OfMessagesAsync(string connectionString) =>
        OfAsync(connectionString, "messages", "EXCLUSIVE");

    /// <summary>Locks a table, which then cannot be read either.</summary>
    public static async Task<TableLock> OfAsync(
        string connectionString, string table, string mode = "ACCESS EXCLUSIVE")
    {
        var taken = new TableLock(connectionString + ";Options=-c lock_timeout=0 -c statement_timeout=0");
        await taken.connection.OpenAsync();
        await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN {mode} MODE", taken.connection);
        await command.ExecuteNonQueryAsync();
        return taken;
    }

    /// <summary>Waits until a writer waits for the lock of a table.</summary>
    public Task UntilAWriterWaitsAsync(string table = "messages") => Eventually.TrueAsync(
        async () => await Sql.ScalarAsync(connectionString,
            $"SELECT count(*) FROM pg_locks WHERE relation = '{table}'::regclass AND NOT granted") is > 0L,
        () => "No writer waits for the lock.", Patience);

    /// <summary>Everybody may go on.</summary>
    public async Task ReleaseAsync() => await connection.CloseAsync();

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();
}
