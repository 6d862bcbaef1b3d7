namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// A database for one test class, with the schema and without rows: take it as
/// <c>IClassFixture&lt;PostgresDatabase&gt;</c>.
/// </summary>
public sealed class PostgresDatabase(PostgresServer server) : IAsyncLifetime
{
    /// <summary>How to connect to it.</summary>
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync() => ConnectionString = await server.CreateDatabaseAsync();

    public async ValueTask DisposeAsync() => await server.DropDatabaseAsync(ConnectionString);
}
