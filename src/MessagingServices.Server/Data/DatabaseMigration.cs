using System.Data;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Brings a database to the schema of this program.</summary>
internal static class DatabaseMigration
{
    // "messages" in ASCII: any number does that no other program locks.
    private const long LockKey = 0x6d65737361676573;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Applies the migrations that the database lacks. Servers that start at once on one database take turns, so that each
    /// finds a complete schema when this returns.
    /// </summary>
    /// <exception cref="StartupException">
    /// The database cannot be reached or changed, or its schema is newer than this program.
    /// </exception>
    public static async Task ApplyAsync(DbContext db, CancellationToken cancellationToken)
    {
        var connection = Connection(db);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await LockAsync(connection, cancellationToken);
            // EF Core would compare the whole model with its snapshot even when nothing is to be done.
            if (await LacksMigrationsAsync(db, connection, cancellationToken)) await db.Database.MigrateAsync(cancellationToken);
        }
        catch (Exception exception) when (Cause(exception) is { } cause)
        {
            throw new StartupException(
                $"The PostgreSQL database {Name(connection)} cannot be used ({cause}): check that it runs, that it exists and that "
                + "its user may create tables, or correct ConnectionStrings:Postgres.",
                exception);
        }
        finally
        {
            await UnlockAsync(connection);
            await connection.CloseAsync();
        }
    }

    private static NpgsqlConnection Connection(DbContext db)
    {
        try
        {
            return (NpgsqlConnection)db.Database.GetDbConnection();
        }
        catch (ArgumentException exception)
        {
            throw new StartupException(
                $"ConnectionStrings:Postgres is not a connection string ({exception.Message}): write it like "
                + "\"Host=localhost;Database=messaging_services;Username=postgres;Password=...\".",
                exception);
        }
    }

    // EF Core's own lock ends with a transaction, so migrations without one are not kept apart by it. This one is asked for again
    // and again, since a session that waits inside PostgreSQL would hold up CREATE INDEX CONCURRENTLY for ever.
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var attempt = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockKey})", connection);
        while (await attempt.ExecuteScalarAsync(cancellationToken) is not true)
            await Task.Delay(Pause, cancellationToken);
    }

    private static async Task<bool> LacksMigrationsAsync(DbContext db, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var known = db.Database.GetMigrations().ToList();
        if (applied.Except(known).FirstOrDefault() is { } unknown)
            throw new StartupException(
                $"The database schema of {Name(connection)} is newer than this program, which does not know its migration {unknown}: "
                + "start a newer version of the program, or name another database with ConnectionStrings:Postgres.");
        return known.Except(applied).Any();
    }

    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        try
        {
            // A pooled connection would keep the lock until it is used again.
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
            if (connection.State is ConnectionState.Open)
                await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The connection is lost, and the lock with it.
        }
    }

    private static string Name(NpgsqlConnection connection) => $"\"{connection.Database}\" at {connection.DataSource}";

    // What the operator can remove, wherever a retrying strategy wrapped it; anything else is a defect of this program.
    private static string? Cause(Exception? exception) => exception switch
    {
        PostgresException refused => IsOperatorsBusiness(refused.SqlState) ? refused.MessageText : null,
        NpgsqlException => Cause(exception.InnerException) ?? exception.Message,
        SocketException or TimeoutException => exception.Message,
        null => null,
        _ => Cause(exception.InnerException),
    };

    // Connection, authentication, no such database, out of resources, shut down; read-only, not permitted.
    private static bool IsOperatorsBusiness(string sqlState) =>
        sqlState[..2] is "08" or "28" or "3D" or "53" or "57"
        || sqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InsufficientPrivilege;
}
