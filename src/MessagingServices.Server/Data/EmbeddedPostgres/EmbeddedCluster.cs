using System.Runtime.Versioning;
using Npgsql;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>
/// The embedded PostgreSQL, which runs until the object is disposed. It listens only on a private socket.
/// </summary>
internal sealed class EmbeddedCluster : IAsyncDisposable
{
    private const string DatabaseName = "messaging_services";

    private readonly ClusterFolder folder;
    private readonly EphemeralWatchdog? watchdog;
    private OrphanWatchdog? orphans;
    private Postmaster? postmaster;
    private ClusterTemplate? missingTemplate;
    private string? socketDirectory;
    private bool stopped;

    private EmbeddedCluster(ClusterFolder folder, EphemeralWatchdog? watchdog)
    {
        this.folder = folder;
        this.watchdog = watchdog;
    }

    /// <summary>The connection string of the server's database.</summary>
    public string ConnectionString => ClusterSettings.ConnectionString(
        socketDirectory ?? throw new InvalidOperationException("PostgreSQL has not been started."), DatabaseName);

    /// <summary>Whether the next start will make a new cluster.</summary>
    public static bool IsNew(EmbeddedPostgresOptions options) =>
        options.Ephemeral || !Directory.Exists(ClusterFolder.ClusterOf(options.ClusterFolder()));

    /// <summary>
    /// Starts PostgreSQL. Creates a missing cluster and database, and takes over a PostgreSQL process whose server has
    /// died. Time limits use real time, so <paramref name="timeProvider"/> must not be a frozen clock.
    /// </summary>
    /// <exception cref="StartupException">PostgreSQL cannot start. The message names the remedy.</exception>
    public static async Task<EmbeddedCluster> StartAsync(
        EmbeddedPostgresOptions options, ILogger logger, TimeProvider timeProvider,
        CancellationToken cancellationToken, string schema = "")
    {
        if (OperatingSystem.IsWindows())
            throw new StartupException(
                "The embedded PostgreSQL needs Linux or macOS: "
                + "name a running PostgreSQL with ConnectionStrings:Postgres.");

        var search = PostgresSearch.Of(options, timeProvider);
        var watchdog = options.Ephemeral
            ? await EphemeralWatchdog.StartAsync(
                await search.FindAsync(cancellationToken), await PostgresUser.ChooseAsync(null, cancellationToken),
                cancellationToken)
            : null;
        var folder = ClusterFolder.Claim(watchdog?.Folder ?? options.ClusterFolder());
        var cluster = new EmbeddedCluster(folder, watchdog);
        try
        {
            await cluster.RunAsync(
                search, TemplatesOf(options, schema, timeProvider), logger, timeProvider, cancellationToken);
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
    /// Makes the template of a cluster that was created without one. PostgreSQL restarts for it, so no connection may
    /// be open. Call it when the database is migrated and has no data.
    /// </summary>
    /// <exception cref="StartupException">PostgreSQL cannot start again.</exception>
    [UnsupportedOSPlatform("windows")]
    public async Task SaveTemplateAsync(CancellationToken cancellationToken)
    {
        if (missingTemplate is not { } template || postmaster is null) return;
        missingTemplate = null;
        await postmaster.StopAsync();
        // PostgreSQL removes its pid file when it has written everything.
        var hasStopped = PostmasterPidFile.Read(folder.Cluster) is null;
        var copy = hasStopped ? template.CopyFrom(folder.Cluster) : null;
        await postmaster.StartAsync(cancellationToken);
        // The disk may take long, and nothing waits for it.
        if (copy is not null) _ = template.FinishAsync(copy);
    }

    /// <summary>
    /// Stops PostgreSQL within about 3 s and releases the folder for other servers. Committed data is kept, but an
    /// ephemeral cluster is deleted.
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
        if (orphans is not null)
            await orphans.DisposeAsync();

        if (socketDirectory is not null && socketDirectory != folder.Run)
            RemoveIfEmpty(socketDirectory);
        folder.Dispose();
    }

    /// <summary>Restarts PostgreSQL if its process has ended, unless <see cref="StopAsync"/> was called.</summary>
    /// <exception cref="StartupException">PostgreSQL cannot start. The next call tries again.</exception>
    public Task RestartIfGoneAsync(CancellationToken cancellationToken) =>
        stopped || postmaster is null ? Task.CompletedTask : postmaster.RestartIfGoneAsync(cancellationToken);

    /// <summary>
    /// Stops PostgreSQL immediately, even while <see cref="StopAsync"/> runs. Committed data is kept. An ephemeral
    /// cluster ends together with this process.
    /// </summary>
    public void StopImmediately()
    {
        if (watchdog is null) postmaster?.StopImmediately();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    [UnsupportedOSPlatform("windows")]
    private async Task RunAsync(
        PostgresSearch search, Func<PostgresBinaries, ClusterTemplate> templateOf, ILogger logger,
        TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var user = await PostgresUser.ChooseAsync(folder.Cluster, cancellationToken);
        var creation = new ClusterCreation(folder, user, search, watchdog is not null, templateOf);
        // Meanwhile the programs are found, and a new cluster is made.
        var owning = user.OwnAsync(folder.CreatePrivate(folder.Run), cancellationToken);
        try
        {
            await RunAsync(creation, user, owning, logger, timeProvider, cancellationToken);
        }
        catch (StartupException)
        {
            // What the user may not do says more than the program that failed. Checked before, it would cost every
            // start two processes.
            await owning;
            await user.CheckFolderAsync(folder.Run, cancellationToken);
            if (creation.Binaries is { } binaries) await user.CheckAccessAsync(binaries, cancellationToken);
            throw;
        }
    }

    [UnsupportedOSPlatform("windows")]
    private async Task RunAsync(
        ClusterCreation creation, PostgresUser user, Task owning, ILogger logger, TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var ephemeral = watchdog is not null;
        if (!ephemeral) orphans = new(folder);
        var binaries = await creation.EnsureAsync(cancellationToken);
        await owning;
        missingTemplate = creation.MissingTemplate;
        orphans?.Start(binaries, user);
        postmaster = new Postmaster(binaries, user, folder, logger, timeProvider);
        socketDirectory = await postmaster.AdoptAsync(cancellationToken);
        if (socketDirectory is not null)
            return;

        socketDirectory = await CreateSocketDirectoryAsync(user, cancellationToken);
        ClusterSettings.Write(folder, socketDirectory, durable: !ephemeral);
        await postmaster.StartAsync(cancellationToken);
    }

    [UnsupportedOSPlatform("windows")]
    private static Func<PostgresBinaries, ClusterTemplate> TemplatesOf(
        EmbeddedPostgresOptions options, string schema, TimeProvider real)
    {
        var directory = options.TemplateDirectory ?? EmbeddedPostgresOptions.CacheDirectory;
        return binaries => new(directory, binaries, schema, real);
    }

    private async Task<string> CreateSocketDirectoryAsync(PostgresUser owner, CancellationToken cancellationToken)
    {
        if (ClusterSettings.CanHoldSocket(folder.Run))
            return folder.Run;
        var directory = Directory.CreateTempSubdirectory("ms-").FullName;
        await owner.OwnAsync(directory, cancellationToken);
        return directory;
    }

    private async Task CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var connections = ClusterSettings.Maintenance(socketDirectory!);
        await using var connection = await connections.OpenConnectionAsync(cancellationToken);
        await using var search = new NpgsqlCommand(
            $"SELECT 1 FROM pg_database WHERE datname = '{DatabaseName}'", connection);
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
            // PostgreSQL did not stop in time, so its socket is still in the folder.
        }
    }
}
