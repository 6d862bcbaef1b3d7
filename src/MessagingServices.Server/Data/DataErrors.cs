using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Distinguishes errors of a single row from errors that affect every row.</summary>
internal static class DataErrors
{
    /// <summary>
    /// Returns true for a duplicate key, bad data, a violated constraint, or a value too long for its index. All other
    /// errors, such as a read-only database after a failover or a timeout, affect every row.
    /// </summary>
    public static bool IsRowError(this PostgresException error) => error.SqlState[..2] is "21" or "22" or "23" or "54";
}
