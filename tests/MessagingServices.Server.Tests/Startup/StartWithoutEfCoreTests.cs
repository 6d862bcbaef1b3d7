using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Startup;

/// <summary>
/// A start with an existing database does not load EF Core, which would take a third of the time until it is ready. Its
/// interfaces are loaded, but not its provider.
/// </summary>
public sealed class StartWithoutEfCoreTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Provider = "Npgsql.EntityFrameworkCore.PostgreSQL.dll";

    [Fact]
    public async Task The_provider_for_PostgreSQL_is_loaded_by_the_first_query_that_needs_it()
    {
        await using (var first = await ServerUnderTest.StartAsync(database.ConnectionString)) await first.StopAsync();
        await using var server = await ServerUnderTest.StartAsync(database.ConnectionString);
        await server.Http.GetStringAsync("/readyz");
        await WaitForNextHeartbeatAsync();

        Assert.DoesNotContain(Provider, FilesOf(server), StringComparison.Ordinal);

        await server.Http.GetStringAsync($"/2010-04-01/Accounts/{MessagingServer.AccountSid}/Messages.json");
        Assert.Contains(Provider, FilesOf(server), StringComparison.Ordinal);
    }

    /// <summary>Every stage has looked for work by then.</summary>
    private async Task WaitForNextHeartbeatAsync()
    {
        const string LastSeen = "SELECT max(last_seen) FROM server_processes";
        var before = await Sql.ScalarAsync(database.ConnectionString, LastSeen);
        await Eventually.TrueAsync(
            async () => !Equals(await Sql.ScalarAsync(database.ConnectionString, LastSeen), before),
            () => "The server has no further heartbeat.");
    }

    private static string FilesOf(ServerUnderTest server) => File.ReadAllText($"/proc/{server.ProcessId}/maps");
}
