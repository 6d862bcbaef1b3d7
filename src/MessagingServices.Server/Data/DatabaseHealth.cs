using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>
/// Tells whether the database can be written. It asks at most once a second, however often it is called, and waits two
/// seconds at most. It closes connections to a database that can only be read. It is thread-safe.
/// </summary>
internal sealed class DatabaseHealth(NpgsqlDataSource database, TimeProvider real)
{
    private const string Sql =
        "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean";

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private Task<string?> last = Task.FromResult<string?>(null);
    private long? asked;
    private long? left;
    private volatile bool wasReadOnly;

    /// <summary>Returns null if the database can be written, else the reason why not.</summary>
    public Task<string?> FindFaultAsync()
    {
        lock (gate)
        {
            var isFresh = asked is { } time && real.GetElapsedTime(time) < Freshness;
            if (isFresh || !last.IsCompleted) return last;
            asked = real.GetTimestamp();
            return last = Task.Run(AskAsync);
        }
    }

    /// <summary>
    /// Closes the connections of the pool, at most once a second; those in use are closed when they return. Call it
    /// when the database was found read-only.
    /// </summary>
    /// <remarks>
    /// After a failover, the pool may hold connections to the old primary, which is a standby now. PostgreSQL and
    /// Npgsql keep them open. Only a new connection finds the new primary.
    /// </remarks>
    public void LeaveReadOnly()
    {
        wasReadOnly = true;
        lock (gate)
        {
            if (left is { } time && real.GetElapsedTime(time) < Freshness) return;
            left = real.GetTimestamp();
        }

        database.Clear();
    }

    private async Task<string?> AskAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            // A stopped PostgreSQL does not even confirm the cancellation of a query.
            if (await IsReadOnlyAsync(patience.Token).WaitAsync(patience.Token))
            {
                LeaveReadOnly();
                return "the database is read-only";
            }

            LeaveLastReadOnly();
            return null;
        }
        catch (Exception)
        {
            return "the database does not answer";
        }
    }

    /// <summary>Closes the connections that were opened while the database was still read-only.</summary>
    private void LeaveLastReadOnly()
    {
        if (!wasReadOnly) return;
        wasReadOnly = false;
        database.Clear();
    }

    private async Task<bool> IsReadOnlyAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}
