using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>
/// Tells whether the database can be written. It asks at most once a second, however often it is called, and waits two
/// seconds at most. It is thread-safe.
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

    private async Task<string?> AskAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            // PostgreSQL that stands still does not even confirm the cancellation of a query.
            return await IsReadOnlyAsync(patience.Token).WaitAsync(patience.Token)
                ? "the database is read-only" : null;
        }
        catch (Exception)
        {
            return "the database does not answer";
        }
    }

    private async Task<bool> IsReadOnlyAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}
