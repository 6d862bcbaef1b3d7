using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>How PostgreSQL treats a transaction of the pipeline.</summary>
/// <remarks>
/// Rows are found by their indexes. Queues grow from nothing to a hundred thousand rows and back between two ANALYZE, and the plan of a
/// prepared statement was made for what the table was then: with only index scans at hand it is right at every size (and its cost no reason
/// to compile it). Taking 200 due messages of 30,000 took 8 ms by sorting the table and takes 0.3 ms so.
/// A server that stands still in the middle loses its transaction, and with it its locks, as soon as it would lose its claims.
/// </remarks>
internal static class TransactionSettings
{
    public const string Sql =
        """
        SELECT set_config(name, setting, true) FROM (VALUES
            ('enable_seqscan', 'off'), ('enable_bitmapscan', 'off'), ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'), ('jit', 'off'),
            ('idle_in_transaction_session_timeout', '5s')) AS local (name, setting)
        """;

    public static NpgsqlBatchCommand Command() => new(Sql);
}
