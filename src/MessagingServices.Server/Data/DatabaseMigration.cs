using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Migrates a database to the schema of this program.</summary>
internal static class DatabaseMigration
{
    // "messages" in ASCII. Any number works if no other program locks it.
    private const long LockKey = 0x6d65737361676573;

    private static readonly TimeSpan LockRetryDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Applies the missing migrations. Servers that start at the same time migrate one after the other. Each of them
    /// has a complete schema when this method returns.
    /// </summary>
    /// <returns>Whether the database had no schema before.</returns>
    /// <exception cref="StartupException">
    /// The server cannot reach or change the database, the schema is newer than this program, or servers of an earlier
    /// version use it.
    /// </exception>
    /// <param name="connect">Makes a connection that is not open yet.</param>
    /// <param name="loggers">For the log of EF Core; null for none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static Task<bool> ApplyAsync(
        Func<NpgsqlConnection> connect, ILoggerFactory? loggers, CancellationToken cancellationToken) => ApplyAsync(
        connect, SchemaVersion.Migrations,
        connection => new MessagingDb(new DbContextOptionsBuilder<MessagingDb>()
            .UseMessagingPostgres(connection).UseLoggerFactory(loggers).Options),
        cancellationToken);

    /// <param name="connect">Makes a connection that is not open yet.</param>
    /// <param name="known">The IDs of the migrations.</param>
    /// <param name="open">Opens the database by EF Core, which takes long to load: only if there is something to
    /// apply.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <inheritdoc cref="ApplyAsync(Func{NpgsqlConnection}, ILoggerFactory, CancellationToken)"/>
    internal static async Task<bool> ApplyAsync(
        Func<NpgsqlConnection> connect, IReadOnlyList<string> known, Func<NpgsqlConnection, DbContext> open,
        CancellationToken cancellationToken)
    {
        await using var connection = Connect(connect);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await LockAsync(connection, cancellationToken);
            var applied = await ReadAppliedAsync(connection, cancellationToken);
            if (applied.Except(known).FirstOrDefault() is { } unknown) throw Newer(connection, unknown);
            // Without pending migrations, EF Core would still compare the whole model with its snapshot.
            if (!known.Except(applied).Any()) return false;
            if (applied.Count > 0) await RunningServers.RefuseAsync(connection, cancellationToken);
            await using var db = open(connection);
            await db.Database.MigrateAsync(cancellationToken);
            return applied.Count == 0;
        }
        catch (Exception exception) when (DatabaseErrors.OperatorCause(exception) is { } cause)
        {
            throw new StartupException(
                $"The PostgreSQL database {Name(connection)} cannot be used ({cause}): "
                + "check that it runs, that it exists and that its user may create tables, "
                + "or correct ConnectionStrings:Postgres.",
                exception);
        }
        finally
        {
            await UnlockAsync(connection);
        }
    }

    private static NpgsqlConnection Connect(Func<NpgsqlConnection> connect)
    {
        try
        {
            return connect();
        }
        catch (ArgumentException exception)
        {
            throw new StartupException(
                $"ConnectionStrings:Postgres is not a connection string ({exception.Message}): write it like "
                + "\"Host=localhost;Database=messaging_services;Username=postgres;Password=...\".",
                exception);
        }
    }

    // EF Core's own lock ends with its transaction, so it does not protect migrations that run without a transaction.
    // The loop polls this lock, because a session that waits inside PostgreSQL would block CREATE INDEX CONCURRENTLY
    // forever.
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var attempt = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockKey})", connection);
        while (await attempt.ExecuteScalarAsync(cancellationToken) is not true)
            await Task.Delay(LockRetryDelay, cancellationToken);
    }

    private static StartupException Newer(NpgsqlConnection connection, string unknown) => new(
        $"The database schema of {Name(connection)} is newer than this program, "
        + $"which does not know its migration {unknown}: start a newer version of the program, "
        + "or name another database with ConnectionStrings:Postgres.");

    private static async Task<IReadOnlyList<string>> ReadAppliedAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.QueryAsync<string>(
                """SELECT * FROM "__EFMigrationsHistory" ORDER BY 1""", cancellationToken);
        }
        catch (PostgresException missing) when (DatabaseErrors.IsMissingTable(missing))
        {
            // A new database.
            return [];
        }
    }

    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        try
        {
            // A pooled connection would keep the lock until its next use.
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
            if (connection.State is ConnectionState.Open)
                await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The connection is lost, so PostgreSQL has released the lock.
        }
    }

    private static string Name(NpgsqlConnection connection) => $"\"{connection.Database}\" at {connection.DataSource}";
}
