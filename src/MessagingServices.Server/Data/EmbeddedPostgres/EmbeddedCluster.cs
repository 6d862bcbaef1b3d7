using System.Runtime.Versioning;
using Npgsql;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>The server's own PostgreSQL, which runs until this is disposed. It listens on a private socket only.</summary>
internal sealed class EmbeddedCluster : IAsyncDisposable
{
    private const string DatabaseName = "messaging_services";

    private readonly ClusterFolder folder;
    private readonly EphemeralWatchdog? watchdog;
    private Postmaster? postmaster;
    private string? socketDirectory;
    private bool stopped;

    private EmbeddedCluster(ClusterFolder folder, EphemeralWatchdog? watchdog)
    {
        this.folder = folder;
        this.watchdog = watchdog;
    }

    /// <summary>How to connect to the server's database, which exists.</summary>
    public string ConnectionString => ClusterSettings.ConnectionString(
        socketDirectory ?? throw new InvalidOperationException("PostgreSQL has not been started."), DatabaseName);

    /// <summary>
    /// Starts PostgreSQL, creating its cluster and the database where they are missing, and taking over a process that
    /// outlived its server. Time limits are real time, so <paramref name="timeProvider"/> is never a frozen one.
    /// </summary>
    /// <exception cref="StartupException">It cannot be started, and the message says what to do.</exception>
    public static async Task<EmbeddedCluster> StartAsync(
        EmbeddedPostgresOptions options, ILogger logger, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            throw new StartupException(
                "The embedded PostgreSQL needs Linux or macOS: name a running PostgreSQL with ConnectionStrings:Postgres.");

        var watchdog = options.Ephemeral
            ? await EphemeralWatchdog.StartAsync(
                PostgresBinaries.Find(), await PostgresUser.ChooseAsync(null, cancellationToken), cancellationToken)
            : null;
        var folder = ClusterFolder.Claim(watchdog?.Folder
            ?? (string.IsNullOrWhiteSpace(options.DataDirectory) ? EmbeddedPostgresOptions.DefaultDataDirectory : options.DataDirectory));
        var cluster = new EmbeddedCluster(folder, watchdog);
        try
        {
            await cluster.RunAsync(logger, timeProvider, cancellationToken);
            await cluster.CreateDatabaseAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.StopAsync();
            throw;
        }
    }

    /// <summary>
    /// Stops PostgreSQL, at the latest after about three seconds, and lets another server have the folder. Loses nothing
    /// that was committed, except in a throw-away cluster, which is removed.
    /// </summary>
    public async Task StopAsync()
    {
        if (stopped)
            return;
        stopped = true;

        if (watchdog is not null)
            await watchdog.DisposeAsync();
        else if (postmaster is not null)
            await postmaster.StopAsync();

        if (socketDirectory is not null && socketDirectory != folder.Run)
            RemoveIfEmpty(socketDirectory);
        folder.Dispose();
    }

    /// <summary>Starts PostgreSQL again if its process is gone, unless it was told to stop.</summary>
    /// <exception cref="StartupException">It cannot be started; the next call tries again.</exception>
    public Task RestartIfGoneAsync(CancellationToken cancellationToken) =>
        stopped || postmaster is null ? Task.CompletedTask : postmaster.RestartIfGoneAsync(cancellationToken);

    /// <summary>
    /// Tells PostgreSQL to end now, though <see cref="StopAsync"/> may be under way. Loses nothing that was committed. A throw-away cluster
    /// ends when this process does.
    /// </summary>
    public void StopAtOnce()
    {
        if (watchdog is null) postmaster?.StopAtOnce();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    [UnsupportedOSPlatform("windows")]
    private async Task RunAsync(ILogger logger, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var ephemeral = watchdog is not null;
        var user = await PostgresUser.ChooseAsync(folder.Cluster, cancellationToken);
        await user.OwnAsync(folder.CreatePrivate(folder.Run), cancellationToken);
        var binaries = await new ClusterCreation(folder, user, ephemeral).EnsureAsync(cancellationToken);
        postmaster = new Postmaster(binaries, user, folder, logger, timeProvider);
        socketDirectory = await postmaster.AdoptAsync(cancellationToken);
        if (socketDirectory is not null)
            return;

        socketDirectory = await MakeSocketDirectoryAsync(user, cancellationToken);
        ClusterSettings.Write(folder, socketDirectory, durable: !ephemeral);
        await postmaster.StartAsync(cancellationToken);
    }

    private async Task<string> MakeSocketDirectoryAsync(PostgresUser owner, CancellationToken cancellationToken)
    {
        if (ClusterSettings.CanHoldSocket(folder.Run))
            return folder.Run;
        var directory = Directory.CreateTempSubdirectory("ms-").FullName;
        await owner.OwnAsync(directory, cancellationToken);
        return directory;
    }

    private async Task CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ClusterSettings.MaintenanceConnectionString(socketDirectory!));
        await connection.OpenAsync(cancellationToken);
        await using var search = new NpgsqlCommand($"SELECT 1 FROM pg_database WHERE datname = '{DatabaseName}'", connection);
        if (await search.ExecuteScalarAsync(cancellationToken) is not null)
            return;
        await using var creation = new NpgsqlCommand($"CREATE DATABASE {DatabaseName}", connection);
        await creation.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void RemoveIfEmpty(string directory)
    {
        try
        {
            Directory.Delete(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A PostgreSQL that did not stop in time still has its socket in it.
        }
    }
}
