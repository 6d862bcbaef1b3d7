using System.Net.Sockets;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Distinguishes a temporary database outage from a defect of this program.</summary>
internal static class TransientErrors
{
    /// <summary>Returns true if the failure or one of its causes is transient, so that a retry can succeed.</summary>
    public static bool IsTransient(Exception? failure) => failure switch
    {
        null => false,
        PostgresException error => error.IsTransient || EndsSession(error.SqlState),
        NpgsqlException { IsTransient: true } or SocketException => true,
        TimeoutException or OperationCanceledException => true,
        _ => IsTransient(failure.InnerException),
    };

    // 57P: PostgreSQL shuts down. 25P03: PostgreSQL ended a session with an idle transaction, for example because the
    // server was paused for a while.
    private static bool EndsSession(string sqlState) =>
        sqlState.StartsWith("57P", StringComparison.Ordinal) || sqlState == "25P03";
}
