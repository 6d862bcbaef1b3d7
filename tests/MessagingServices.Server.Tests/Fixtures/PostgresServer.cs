using MessagingServices.Server.Data.EmbeddedPostgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Testcontainers.PostgreSql;

[assembly: AssemblyFixture(typeof(MessagingServices.Server.Tests.Fixtures.PostgresServer))]

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// The PostgreSQL of the test run, started when the first test asks for a database: the one that ConnectionStrings__Postgres
/// names, else a container where a Docker engine answers, else the embedded one.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan DockerAnswersWithin = TimeSpan.FromSeconds(2);

    private readonly Lazy<Task<string>> connectionString;
    private readonly SemaphoreSlim oneAtATime = new(1);
    private IAsyncDisposable? started;

    public PostgresServer() => connectionString = new Lazy<Task<string>>(StartAsync);

    /// <summary>Makes an empty database and tells how to connect to it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        // All test classes share the server's connections.
        return new NpgsqlConnectionStringBuilder(await connectionString.Value) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    /// <summary>Removes a database, whoever is still connected to it.</summary>
    public async Task DropDatabaseAsync(string database)
    {
        await using (var connection = new NpgsqlConnection(database))
            NpgsqlConnection.ClearPool(connection);
        await ExecuteAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)");
    }

    public async ValueTask DisposeAsync()
    {
        if (started is not null)
            await started.DisposeAsync();
        oneAtATime.Dispose();
    }

    // PostgreSQL refuses to copy its template while somebody else is connected to it.
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
        if (Environment.GetEnvironmentVariable("ConnectionStrings__Postgres") is { } named && !string.IsNullOrWhiteSpace(named))
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
            new EmbeddedPostgresOptions { Ephemeral = true }, NullLogger.Instance, TimeProvider.System, CancellationToken.None);
        started = cluster;
        TestContext.Current.SendDiagnosticMessage("The tests use an embedded PostgreSQL: no Docker engine answered.");
        return cluster.ConnectionString;
    }

    private static async Task<PostgreSqlContainer?> FindContainerAsync()
    {
        try
        {
            var builder = new PostgreSqlBuilder("postgres:17").WithCommand("-c", "fsync=off", "-c", "max_connections=200");
            return await Task.Run(builder.Build).WaitAsync(DockerAnswersWithin);
        }
        catch (Exception exception) when (exception is TimeoutException or DotNet.Testcontainers.Builders.DockerUnavailableException)
        {
            return null;
        }
    }
}
