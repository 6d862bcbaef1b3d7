using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Tells a row that the database does not take from everything that befalls every row alike.</summary>
internal static class DataErrors
{
    /// <summary>
    /// Two of one key, bad data, a broken constraint, a value too long for its index. All else (read-only after a failover, a time-out) befalls every
    /// row alike.
    /// </summary>
    public static bool IsRowError(this PostgresException refused) => refused.SqlState[..2] is "21" or "22" or "23" or "54";
}
