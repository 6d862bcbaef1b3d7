using MessagingServices.Server.Data.EmbeddedPostgres;

namespace MessagingServices.Server.Data;

/// <summary>The PostgreSQL that the server uses: the one that <c>ConnectionStrings:Postgres</c> names, or else its own embedded one.</summary>
internal sealed class Database(
    DatabaseOptions options, EmbeddedPostgresOptions embedded, TimeProvider real, ILogger<Database> logger) : IAsyncDisposable
{
    private EmbeddedCluster? cluster;

    /// <summary>How to connect; known once the database is open.</summary>
    /// <exception cref="InvalidOperationException">It is not open yet.</exception>
    public string ConnectionString { get => field ?? throw new InvalidOperationException("The database is not open yet."); private set; }

    /// <summary>Starts the embedded PostgreSQL if there is no other.</summary>
    /// <exception cref="StartupException">It cannot be started.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (options.Postgres is { } named && !string.IsNullOrWhiteSpace(named))
        {
            ConnectionString = named;
            return;
        }

        cluster = await EmbeddedCluster.StartAsync(embedded, logger, real, cancellation);
        ConnectionString = cluster.ConnectionString;
    }

    /// <summary>Starts an embedded PostgreSQL again whose process is gone.</summary>
    internal Task RestartIfGoneAsync(CancellationToken cancellation) => cluster?.RestartIfGoneAsync(cancellation) ?? Task.CompletedTask;

    /// <summary>Lets an embedded PostgreSQL end at once, since the time to stop in order is over; what is committed stays.</summary>
    internal void StopAtOnce() => cluster?.StopAtOnce();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (cluster is not null) await cluster.DisposeAsync();
    }
}
