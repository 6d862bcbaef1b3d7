using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>The only place that says what an error of the database means.</summary>
internal static class DatabaseErrors
{
    private const string IdleInTransaction = "25P03";
    private const string TransactionTimeout = "25P04";

    /// <summary>The function of PostgreSQL that finds a prepared statement older than the schema.</summary>
    private const string StalePlan = "RevalidateCachedQuery";

    /// <summary>
    /// Returns true if the same operation may succeed within a minute, without a change of the data or of this program:
    /// broken connections, timeouts, a database that is read-only, full, shutting down or failing over.
    /// </summary>
    public static bool IsTransient(Exception? failure) => failure switch
    {
        null => false,
        PostgresException error => error.IsTransient || IsOutage(error),
        // A defect: two commands at once on one connection.
        NpgsqlOperationInProgressException => false,
        // All others concern the connection: it broke, no host is suitable, the pool is exhausted.
        NpgsqlException or SocketException or TimeoutException or OperationCanceledException => true,
        _ => IsBrokenConnection(failure) || IsTransient(failure.InnerException),
    };

    /// <summary>What happened, for an operator.</summary>
    public static string Reason(Exception failure) => failure.GetBaseException() switch
    {
        OperationCanceledException => "no response in time",
        var cause when IsBrokenConnection(cause) => "a connection broke",
        var cause => cause.Message,
    };

    /// <summary>
    /// Returns true for a duplicate key, bad data, a violated constraint, or a value too long for its index. All other
    /// errors, such as a read-only database after a failover or a timeout, affect every row.
    /// </summary>
    public static bool IsRowError(this PostgresException error) => error.SqlState[..2] is "21" or "22" or "23" or "54";

    /// <summary>Returns true if a unique index has rejected a row.</summary>
    public static bool IsDuplicate(Exception failure) => failure switch
    {
        PostgresException error => error.SqlState == PostgresErrorCodes.UniqueViolation,
        DbUpdateException { InnerException: { } inner } => IsDuplicate(inner),
        _ => false,
    };

    /// <summary>Returns true if a row that is named by a new row does not exist any more.</summary>
    public static bool IsMissingReference(Exception failure) => failure.GetBaseException() is PostgresException
    {
        SqlState: PostgresErrorCodes.ForeignKeyViolation,
    };

    /// <summary>Returns true if a lock was not free in time, or if transactions waited for each other.</summary>
    public static bool IsBusy(Exception failure) => failure.GetBaseException() is PostgresException
    {
        SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected,
    };

    /// <summary>
    /// Returns true for a division by zero, with which a statement refuses to go on when it has not found all its rows.
    /// </summary>
    public static bool IsDivisionByZero(this PostgresException error) =>
        error.SqlState == PostgresErrorCodes.DivisionByZero;

    /// <summary>Returns true if the database can only be read, for example because it has become a standby.</summary>
    public static bool IsReadOnly(Exception failure) =>
        failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };

    /// <summary>Returns true if a table does not exist.</summary>
    public static bool IsMissingTable(PostgresException error) => error.SqlState == PostgresErrorCodes.UndefinedTable;

    /// <summary>
    /// The cause that an operator can remove; null for a defect of this program. EF Core may have wrapped it.
    /// </summary>
    public static string? OperatorCause(Exception? failure) => failure switch
    {
        // Connection, authentication, unknown database, out of resources, shutdown.
        PostgresException error => error.SqlState[..2] is "08" or "28" or "3D" or "53" or "57"
            || error.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InsufficientPrivilege
            ? error.MessageText : null,
        NpgsqlException => OperatorCause(failure.InnerException) ?? failure.Message,
        SocketException or TimeoutException => failure.Message,
        null => null,
        _ => OperatorCause(failure.InnerException),
    };

    /// <summary>
    /// Returns true for what Npgsql throws, instead of its own exception, when a connection breaks in certain moments:
    /// https://github.com/npgsql/npgsql/issues/5605. A kill of PostgreSQL under load shows one in ten thousands of
    /// requests.
    /// </summary>
    private static bool IsBrokenConnection(Exception failure) =>
        failure is InvalidOperationException or NullReferenceException && failure.Source == nameof(Npgsql);

    private static bool IsOutage(PostgresException error) => error.SqlState switch
    {
        // PostgreSQL ended a session with an idle transaction, for example because the server was paused for a while.
        PostgresErrorCodes.ReadOnlySqlTransaction or IdleInTransaction or TransactionTimeout
            or PostgresErrorCodes.LockNotAvailable => true,
        // The schema was changed under a prepared statement, which is prepared again.
        PostgresErrorCodes.FeatureNotSupported => error.Routine == StalePlan,
        // Connection, authentication, unknown database, conflict, out of resources, an operator, the system.
        [_, _, ..] state => state[..2] is "08" or "28" or "3D" or "40" or "53" or "57" or "58",
        _ => false,
    };
}
