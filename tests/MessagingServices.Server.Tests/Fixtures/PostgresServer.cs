using MessagingServices.Server.Data.EmbeddedPostgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Testcontainers.PostgreSql;

[assembly: AssemblyFixture(typeof(MessagingServices.Server.Tests.Fixtures.PostgresServer))]

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// The PostgreSQL of the test run, started when the first test asks for a database: the one that
/// ConnectionStrings__Postgres names, else a container where a Docker engine answers, else the embedded one.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan DockerAnswersWithin = TimeSpan.FromSeconds(2);

    private readonly Lazy<Task<string>> connectionString;
    private readonly Lazy<Task<string>> template;
    private readonly SemaphoreSlim oneAtATime = new(1);
    private IAsyncDisposable? started;

    /// <summary>Servers that test classes have left.</summary>
    internal IdleServers IdleServers { get; } = new();

    public PostgresServer()
    {
        connectionString = new(StartAsync);
        template = new(CreateTemplateAsync);
    }

    /// <summary>
    /// Makes a database with the schema of this program, and returns its connection string. It is a copy of one
    /// migrated database: applying all migrations to each takes about a second of a processor.
    /// </summary>
    public async Task<string> CreateDatabaseAsync() => await CreateAsync($"TEMPLATE {await template.Value}");

    /// <summary>Makes a database without any tables, and returns its connection string.</summary>
    public Task<string> CreateEmptyDatabaseAsync() => CreateAsync("");

    /// <summary>Removes a database and ends the connections to it.</summary>
    public async Task DropDatabaseAsync(string database)
    {
        await using (var connection = new NpgsqlConnection(database))
            NpgsqlConnection.ClearPool(connection);
        await ExecuteAsync(
            $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)");
    }

    public async ValueTask DisposeAsync()
    {
        await IdleServers.DisposeAsync();
        if (started is not null)
            await started.DisposeAsync();
        else if (template.IsValueCreated)
            await ExecuteAsync($"DROP DATABASE IF EXISTS {await template.Value} WITH (FORCE)");
        oneAtATime.Dispose();
    }

    private async Task<string> CreateAsync(string options)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name} {options}");
        return ConnectTo(name, await connectionString.Value);
    }

    // All test classes share the server's connections.
    private static string ConnectTo(string database, string server) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database, MaxPoolSize = 20 }.ConnectionString;

    private async Task<string> CreateTemplateAsync()
    {
        var database = await CreateEmptyDatabaseAsync();
        await DatabaseMigration.ApplyAsync(() => new(database + ";Pooling=false"), null, CancellationToken.None);
        return new NpgsqlConnectionStringBuilder(database).Database!;
    }

    // PostgreSQL refuses to copy a database while another connection to it is open.
    private async Task ExecuteAsync(string statement)
    {
        var server = await connectionString.Value;
        await oneAtATime.WaitAsync();
        try
        {
            await using var connection = new NpgsqlConnection(server);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("ConnectionStrings__Postgres") is { } named
            && !string.IsNullOrWhiteSpace(named))
        {
            TestContext.Current.SendDiagnosticMessage("The tests use the PostgreSQL of ConnectionStrings__Postgres.");
            return named;
        }

        if (await FindContainerAsync() is { } container)
        {
            started = container;
            await container.StartAsync();
            TestContext.Current.SendDiagnosticMessage("The tests use a PostgreSQL container.");
            return container.GetConnectionString();
        }

        var cluster = await EmbeddedCluster.StartAsync(
            new EmbeddedPostgresOptions { Ephemeral = true }, NullLogger.Instance, TimeProvider.System,
            CancellationToken.None);
        started = cluster;
        TestContext.Current.SendDiagnosticMessage("The tests use an embedded PostgreSQL: no Docker engine answered.");
        return cluster.ConnectionString;
    }

    private static async Task<PostgreSqlContainer?> FindContainerAsync()
    {
        try
        {
            var builder = new PostgreSqlBuilder("postgres:17").WithCommand("-c", "fsync=off", "-c",
                "max_connections=200");
            return await Task.Run(builder.Build).WaitAsync(DockerAnswersWithin);
        }
        catch (Exception exception) when (exception is TimeoutException
            or DotNet.Testcontainers.Builders.DockerUnavailableException)
        {
            return null;
        }
    }
}
