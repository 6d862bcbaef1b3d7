using System.Globalization;
using MessagingServices.Server.Data.Queues;
using MessagingServices.Server.Engine;
using Npgsql;

namespace MessagingServices.Server.Emulator;

/// <summary>How servers tell each other of changed clocks. Each poll is one round trip.</summary>
/// <remarks>
/// A change has the number of the database's transaction that made it. All transactions below the oldest one that still
/// runs have ended, so a poll needs only the changes from that number of the poll before. This orders the changes
/// without a lock that all accounts would share.
/// </remarks>
internal sealed class ClockChanges(NpgsqlDataSource database, NodeId node)
{
    private const string Server =
        """
        SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, seen_change, acknowledged
        FROM (SELECT) AS here LEFT JOIN server_processes ON id = $1
        """;

    private const string Clocks =
        $"SELECT {ClockColumns.Names} FROM account_clocks AS clock WHERE change >= $1 ORDER BY change";

    /// <summary>Reads what has changed.</summary>
    /// <param name="from">The transaction that the last reading has returned; 0 at first.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public async Task<ReadChanges> ReadAsync(long from, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        // In this order: the second statement sees at least what the first one sees.
        batch.BatchCommands.Add(new(Server) { Parameters = { Scalar.Of(node.Id) } });
        batch.BatchCommands.Add(new(Clocks) { Parameters = { Scalar.Of(from) } });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var until = reader.GetInt64(0);
        var known = await reader.IsDBNullAsync(1, cancellation) ? null : new ServerNode
        {
            SeenChange = reader.GetInt64(1),
            Acknowledged = reader.GetFieldValue<string[]>(2),
        };
        await reader.NextResultAsync(cancellation);
        List<ClockState> clocks = [];
        while (await reader.ReadAsync(cancellation)) clocks.Add(ClockColumns.Read(reader, 0));
        return new(until, known, clocks);
    }

    /// <summary>
    /// Tells the other servers which changes this server uses. Without effect while the server is not registered.
    /// </summary>
    /// <param name="seen">It uses all changes before this transaction, and has finished the work they made due.</param>
    /// <param name="acknowledged">The later ones that it uses; see <see cref="Acknowledgement"/>.</param>
    /// <param name="cancellation">Cancels the attempt.</param>
    public async Task AcknowledgeAsync(long seen, string[] acknowledged, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "UPDATE server_processes SET seen_change = $2, acknowledged = $3 WHERE id = $1 AND NOT has_left");
        command.Parameters.Add(Scalar.Of(node.Id));
        command.Parameters.Add(Scalar.Of(seen));
        command.Parameters.Add(Scalar.Of(acknowledged));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>One element of <see cref="ServerNode.Acknowledged"/>.</summary>
    public static string Acknowledgement(ClockState clock, bool hasFinished) => string.Create(
        CultureInfo.InvariantCulture, $"{clock.AccountSid}:{clock.Version}:{(hasFinished ? 1 : 0)}");
}

/// <summary>What a server has read of changed clocks.</summary>
/// <param name="Until">All changes before this transaction are read.</param>
/// <param name="Known">What the database has as acknowledged by this server; null while it is not registered.</param>
/// <param name="Clocks">The changed clocks.</param>
internal sealed record ReadChanges(long Until, ServerNode? Known, IReadOnlyList<ClockState> Clocks);
