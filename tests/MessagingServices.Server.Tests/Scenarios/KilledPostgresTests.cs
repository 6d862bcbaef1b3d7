using MessagingServices.Server.Data.EmbeddedPostgres;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// PostgreSQL dies under load, with every process of it: what was answered with 201 is there when it runs again.
/// </summary>
[Collection(typeof(LoadTests))]
public sealed class KilledPostgresTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_server_starts_its_own_PostgreSQL_again_and_goes_on()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using (var server = await ServerUnderTest.StartAsync("",
            ["--EmbeddedPostgres:DataDirectory", folder.Path, .. Fast.Carrier]))
        {
            var postgres = new PostgresProcess(folder.Path);
            await KillUnderLoadAsync("kill -9 of the embedded PostgreSQL", postgres, receiver, () => Task.CompletedTask,
                server);
            await server.StopAsync();
        }
    }

    [Fact]
    public async Task Two_servers_go_on_when_an_external_PostgreSQL_runs_again()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(
            new EmbeddedPostgresOptions { DataDirectory = folder.Path }, NullLogger.Instance, TimeProvider.System,
            CancellationToken.None);
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var one = await ServerUnderTest.StartAsync(cluster.ConnectionString, Fast.Carrier);
        await using var other = await ServerUnderTest.StartAsync(cluster.ConnectionString, Fast.Carrier);
        await KillUnderLoadAsync("kill -9 of an external PostgreSQL", new(folder.Path), receiver,
            () => cluster.RestartIfGoneAsync(CancellationToken.None), one, other);
    }

    private static async Task KillUnderLoadAsync(
        string happened, PostgresProcess postgres, CallbackReceiver receiver, Func<Task> restart,
        params ServerUnderTest[] servers)
    {
        await PipelinePromises.CountHandOversAsync(postgres.ConnectionString);
        var load = await MessageLoad.StartAsync(receiver.Url, servers);

        await load.UntilAcceptedAsync(500);
        await postgres.KillAsync();
        await restart();
        await load.UntilAcceptedAsync(500);
        await load.StopAsync();

        await PipelinePromises.CheckAsync(happened, postgres.ConnectionString, load.Accepted, receiver);
    }
}
