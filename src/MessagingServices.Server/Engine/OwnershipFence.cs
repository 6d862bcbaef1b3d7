using Npgsql;

namespace MessagingServices.Server.Engine;

/// <summary>
/// Keeps a server that was taken for dead from changing its former messages. Each transaction that changes messages in
/// memory holds the server's advisory lock in shared mode, and then checks that the server has not been removed. A
/// successor takes the lock alone before it removes the server: it waits for transactions that have begun, and later
/// ones find the server removed. A transaction that stores new messages, or takes them from a queue, needs no fence: if
/// the server loses them, <c>ReleaseMessages</c> finds their rows.
/// </summary>
internal static class OwnershipFence
{
    private const string Share = "SELECT pg_advisory_xact_lock_shared($1)";
    private const string LockAlone = "SELECT pg_advisory_xact_lock($1)";

    // A statement of its own: it must see what was committed while the lock was awaited.
    private const string Check = "SELECT EXISTS (SELECT FROM server_processes WHERE id = $1 AND NOT has_left)";

    /// <summary>Begins a transaction: waits while another server takes over the messages of this one.</summary>
    public static void AddShare(this NpgsqlBatch batch, NodeId node)
    {
        batch.BatchCommands.Add(TransactionSettings.Command());
        batch.BatchCommands.Add(new(Share) { Parameters = { KeyOf(node.Id) } });
    }

    /// <summary>
    /// Begins a transaction as <see cref="AddShare"/>. Returns whether the server may change its messages.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="node">The server.</param>
    /// <param name="opening">What to read in the same round trip, if the server may change its messages.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<bool> ShareAsync(
        this NpgsqlTransaction transaction, NodeId node, ITransactionOpening? opening, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        batch.AddShare(node);
        batch.BatchCommands.Add(new(Check) { Parameters = { Scalar.Of(node.Id) } });
        opening?.AddCommands(batch.BatchCommands);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        // The settings and the lock have results too.
        await reader.NextResultAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        if (!await reader.ReadAsync(cancellation) || !reader.GetBoolean(0)) return false;
        if (opening is null) return true;
        await reader.NextResultAsync(cancellation);
        await opening.ReadAsync(reader, cancellation);
        return true;
    }

    /// <summary>Waits until no transaction of the server is running, and holds up those that begin.</summary>
    public static async Task LockNodeAsync(
        this NpgsqlTransaction transaction, Guid node, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(LockAlone, transaction.Connection, transaction);
        command.Parameters.Add(KeyOf(node));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Locks as <see cref="LockNodeAsync"/>. Returns false after the timeout; the transaction has failed.
    /// </summary>
    public static async Task<bool> TryLockNodeAsync(
        this NpgsqlTransaction transaction, Guid node, TimeSpan timeout, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"SET LOCAL lock_timeout = {(int)timeout.TotalMilliseconds}", transaction.Connection, transaction);
        await command.ExecuteNonQueryAsync(cancellation);
        try
        {
            await transaction.LockNodeAsync(node, cancellation);
            return true;
        }
        catch (PostgresException busy) when (DatabaseErrors.IsBusy(busy))
        {
            return false;
        }
    }

    private static NpgsqlParameter KeyOf(Guid node) => Scalar.Of(BitConverter.ToInt64(node.ToByteArray()));
}

/// <summary>Messages of a transaction are no longer in this server's memory.</summary>
/// <param name="isServerRemoved">Whether other servers take over all messages of this one.</param>
internal sealed class OwnershipLostException(bool isServerRemoved)
    : Exception("Messages of the batch were released, or other servers have taken them over.")
{
    public bool IsServerRemoved => isServerRemoved;
}
