using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// Two servers share a PostgreSQL and one of them loses its connections under load, for longer than its claims are
/// respected.
/// </summary>
[Collection(typeof(LoadTests))]
public sealed class LostConnectionTests(PostgresServer postgres)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(6);

    [Fact]
    public Task A_server_whose_connections_are_refused_for_a_while_goes_on() =>
        LoseAsync("connections refused for 6 s", async (proxy, _) =>
    {
        proxy.ToApiError();
        await Task.Delay(Outage);
        proxy.Accept();
    });

    [Fact]
    public Task A_server_whose_connections_hang_for_a_while_goes_on() =>
        LoseAsync("connections hanging for 6 s", async (proxy, _) =>
    {
        proxy.Hang();
        await Task.Delay(Outage);
        proxy.Resume();
    });

    [Fact]
    public Task Two_servers_all_of_whose_connections_an_administrator_ends_go_on() =>
        LoseAsync("pg_terminate_backend of every connection, 5 times",
        async (_, direct) =>
        {
            for (var times = 0; times < 5; times++)
            {
                await Sql.ScalarAsync(direct,
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = "
                        + "current_database() AND pid <> pg_backend_pid()");
                await Task.Delay(200);
            }
        });

    private async Task LoseAsync(string happened, Func<PostgresProxy, string, Task> lose)
    {
        var database = new PostgresDatabase(postgres);
        await database.InitializeAsync();
        await using var _ = database;
        await using var proxy = new PostgresProxy(database.ConnectionString);
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var one = await ServerUnderTest.StartAsync(proxy.ConnectionString, Fast.Carrier);
        await using var other = await ServerUnderTest.StartAsync(database.ConnectionString, Fast.Carrier);
        await PipelinePromises.CountHandOversAsync(database.ConnectionString);
        var load = await MessageLoad.StartAsync(receiver.Url, one, other);

        await load.UntilAcceptedAsync(300);
        await lose(proxy, database.ConnectionString);
        await load.UntilAcceptedAsync(300);
        await load.StopAsync();

        await PipelinePromises.CheckAsync(happened, database.ConnectionString, load.Accepted, receiver);
    }
}
