using MessagingServices.Server.Data.EmbeddedPostgres;
using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>
/// The PostgreSQL that the server uses: the one in <c>ConnectionStrings:Postgres</c>, or otherwise the embedded
/// PostgreSQL.
/// </summary>
internal sealed class Database(
    DatabaseOptions options, EmbeddedPostgresOptions embedded, TimeProvider real, ILogger<Database> logger)
    : IAsyncDisposable
{
    private EmbeddedCluster? cluster;

    /// <summary>The connection string of the open database.</summary>
    /// <exception cref="InvalidOperationException">The database is not open yet.</exception>
    public string ConnectionString
    {
        get => field ?? throw new InvalidOperationException("The database is not open yet.");
        private set;
    }

    /// <summary>Starts the embedded PostgreSQL unless the configuration names another PostgreSQL.</summary>
    /// <exception cref="StartupException">The embedded PostgreSQL cannot start.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (!options.IsPrivate())
        {
            ConnectionString = options.Postgres;
            return;
        }

        cluster = await EmbeddedCluster.StartAsync(
            embedded, logger, real, cancellation, string.Join(' ', SchemaVersion.Migrations));
        ConnectionString = cluster.ConnectionString;
    }

    /// <summary>
    /// Keeps a copy of a new embedded database for the next one. Call it when the database is migrated and has no data.
    /// </summary>
    public async Task SaveTemplateAsync(NpgsqlDataSource connections, CancellationToken cancellation)
    {
        if (cluster is null || OperatingSystem.IsWindows()) return;
        connections.Clear();
        await cluster.SaveTemplateAsync(cancellation);
    }

    /// <summary>Restarts the embedded PostgreSQL if its process has ended.</summary>
    internal Task RestartIfGoneAsync(CancellationToken cancellation) =>
        cluster?.RestartIfGoneAsync(cancellation) ?? Task.CompletedTask;

    /// <summary>
    /// Stops the embedded PostgreSQL immediately, after the time for a graceful stop is over. Committed data is kept.
    /// </summary>
    internal void StopImmediately() => cluster?.StopImmediately();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (cluster is not null) await cluster.DisposeAsync();
    }
}
