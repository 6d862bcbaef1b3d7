using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>What a stage locks and reads first in its transaction, in one round trip.</summary>
internal interface ITransactionOpening
{
    /// <summary>Adds its statements. Each has a result.</summary>
    void AddCommands(IList<NpgsqlBatchCommand> commands);

    /// <summary>Reads the results of its statements; the reader is at the first of them.</summary>
    Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation);
}
