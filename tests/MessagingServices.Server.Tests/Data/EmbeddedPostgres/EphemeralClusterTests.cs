using System.Diagnostics;
using MessagingServices.Server.Data.EmbeddedPostgres;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace MessagingServices.Server.Tests.Data.EmbeddedPostgres;

public sealed class EphemeralClusterTests
{
    [Fact]
    public async Task Leaves_nothing_behind_when_stopped()
    {
        string folder;
        await using (var cluster = await EmbeddedCluster.StartAsync(
            new EmbeddedPostgresOptions { Ephemeral = true }, NullLogger.Instance, TimeProvider.System,
            CancellationToken.None))
        {
            folder = FolderOf(cluster.ConnectionString);
            Assert.True(Directory.Exists(folder));
            Assert.Equal("off", await Sql.ScalarAsync(cluster.ConnectionString, "SHOW fsync"));
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Leaves_nothing_behind_when_the_server_is_killed()
    {
        using var owner = await ClusterOwner.StartAsync();
        var folder = FolderOf(owner.ConnectionString);
        using var postgres = Process.GetProcessById(
            Convert.ToInt32(File.ReadLines(Path.Combine(folder, "cluster", "postmaster.pid")).First(), null));

        await owner.KillAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await postgres.WaitForExitAsync(limit.Token);
        while (Directory.Exists(folder))
            await Task.Delay(10, limit.Token);
    }

    private static string FolderOf(string connectionString) =>
        Path.GetDirectoryName(new NpgsqlConnectionStringBuilder(connectionString).Host)!;
}
