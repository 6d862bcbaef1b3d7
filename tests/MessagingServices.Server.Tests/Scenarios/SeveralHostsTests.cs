using MessagingServices.Server.Tests.Fixtures;
using Npgsql;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>A connection string with two hosts, of which the server wants the one that can be written.</summary>
public sealed class SeveralHostsTests(PostgresServer postgres)
{
    [Fact]
    public async Task While_no_host_is_suitable_requests_are_answered_503()
    {
        var database = new PostgresDatabase(postgres);
        await database.InitializeAsync();
        await using var _ = database;
        await using var one = new PostgresProxy(database.ConnectionString);
        await using var other = new PostgresProxy(database.ConnectionString);
        await using var server = await ServerUnderTest.StartAsync(Both(one, other), Fast.Carrier);
        var service = await server.Api.Services.CreateWithPoolAsync(NumbersApi.New());
        var accepted = await server.Api.Messages.SendAsync(
            ("To", NumbersApi.New()), ("MessagingServiceSid", service), ("Body", "Hi"));

        // One is gone, and the other becomes a standby: it can be read only.
        one.ToApiError();
        await SetReadOnlyAsync(database, "on");
        await Eventually.TrueAsync(async () => await StatusOfReadyAsync(server) == 503, () => server.Output);
        for (var i = 0; i < 5; i++)
        {
            var answer = await server.Api.PostAsync("/v1/Services", ("FriendlyName", "Standby"))
                .ExpectErrorAsync(503, 20503);
            Assert.NotNull(answer.Response.Headers.RetryAfter);
        }

        await SetReadOnlyAsync(database, "off");
        await Eventually.TrueAsync(async () => await StatusOfReadyAsync(server) == 200, () => server.Output);
        Assert.Equal(201, (await server.Api.PostAsync("/v1/Services", ("FriendlyName", "Primary"))).Status);
        await server.Api.Messages.UntilAsync(accepted, "delivered");
        await Eventually.TrueAsync(
            () => Count(server, "The database works again") == 1, () => server.Output);
        Assert.Equal(1, Count(server, "The database cannot be used"));
        Assert.Equal(0, Count(server, " ERR "));
    }

    private static int Count(ServerUnderTest server, string text) =>
        server.Output.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));

    private static async Task<int> StatusOfReadyAsync(ServerUnderTest server) =>
        (int)(await server.Http.GetAsync("/readyz")).StatusCode;

    private static string Both(PostgresProxy one, PostgresProxy other)
    {
        var first = new NpgsqlConnectionStringBuilder(one.ConnectionString);
        var second = new NpgsqlConnectionStringBuilder(other.ConnectionString);
        return new NpgsqlConnectionStringBuilder(one.ConnectionString)
        {
            Host = $"{first.Host}:{first.Port},{second.Host}:{second.Port}", TargetSessionAttributes = "read-write",
            HostRecheckSeconds = 1,
        }.ConnectionString;
    }

    private static async Task SetReadOnlyAsync(PostgresDatabase database, string value)
    {
        var direct = database.ConnectionString + ";Options=-c default_transaction_read_only=off";
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        await Sql.ScalarAsync(direct, $"ALTER DATABASE {name} SET default_transaction_read_only = {value}");
        await Sql.ScalarAsync(direct, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = "
            + "current_database() AND pid <> pg_backend_pid()");
    }
}
