using System.Net.Sockets;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Tells a database that cannot be used just now from a defect of this program.</summary>
internal static class TransientErrors
{
    /// <summary>Whether the failure, or what caused it, is of the kind that passes: it may be tried again later.</summary>
    public static bool IsIn(Exception? failure) => failure switch
    {
        null => false,
        PostgresException refused => refused.IsTransient || EndsSession(refused.SqlState),
        NpgsqlException { IsTransient: true } or SocketException or TimeoutException or OperationCanceledException => true,
        _ => IsIn(failure.InnerException),
    };

    // Shut down, or the session ended for a transaction that stood still, as that of a server that was stopped for a while.
    private static bool EndsSession(string sqlState) =>
        sqlState.StartsWith("57P", StringComparison.Ordinal) || sqlState == "25P03";
}
