using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using MessagingServices.Server.Data.EmbeddedPostgres;
using MessagingServices.Server.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace MessagingServices.Server.Tests.Data.EmbeddedPostgres;

public sealed class EmbeddedClusterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Keeps_its_database_from_one_start_to_the_next()
    {
        await using (var first = await StartAsync())
        {
            Assert.Equal("messaging_services",
                await Sql.ScalarAsync(first.ConnectionString, "SELECT current_database()"));
            Assert.Equal("on", await Sql.ScalarAsync(first.ConnectionString, "SHOW fsync"));
            await Sql.ScalarAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 'Zürich' AS town");
        }

        Assert.False(File.Exists(PidFile), "PostgreSQL is still running.");
        await using var second = await StartAsync();
        Assert.Equal("Zürich", await Sql.ScalarAsync(second.ConnectionString, "SELECT town FROM kept"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Is_reachable_through_a_private_socket_only()
    {
        await using var cluster = await StartAsync();

        Assert.Equal("", await Sql.ScalarAsync(cluster.ConnectionString, "SHOW listen_addresses"));
        var socketDirectory = new NpgsqlConnectionStringBuilder(cluster.ConnectionString).Host!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(socketDirectory));
    }

    [Fact]
    public async Task Works_in_a_folder_whose_path_is_too_long_for_a_socket()
    {
        using var deep = new TemporaryFolder(", it's " + new string('x', 120));
        string socketDirectory;
        await using (var cluster = await StartAsync(deep.Path))
        {
            socketDirectory = new NpgsqlConnectionStringBuilder(cluster.ConnectionString).Host!;
            Assert.Equal(1, await Sql.ScalarAsync(cluster.ConnectionString, "SELECT 1"));
        }

        Assert.False(Directory.Exists(socketDirectory));
    }

    [Fact]
    public async Task Refuses_the_folder_of_a_running_server()
    {
        await using var first = await StartAsync();

        var refusal = await Assert.ThrowsAsync<StartupException>(() => StartAsync());

        Assert.StartsWith($"Another server is running on the folder {folder.Path}: ", refusal.Message,
            StringComparison.Ordinal);
        Assert.Equal(1, await Sql.ScalarAsync(first.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task Refuses_a_folder_with_something_else_in_it_and_leaves_it_alone()
    {
        Directory.CreateDirectory(folder.Path);
        await File.WriteAllTextAsync(folder["letter.txt"], "Dear");

        var refusal = await Assert.ThrowsAsync<StartupException>(() => StartAsync());

        Assert.StartsWith($"The folder {folder.Path} is not empty", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([folder["letter.txt"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Refuses_a_folder_that_cannot_be_written()
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(() => StartAsync("/proc/messaging-services"));

        Assert.StartsWith("The folder /proc/messaging-services ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [UnsupportedOSPlatform("windows")]
    public async Task Tells_which_folder_the_user_of_PostgreSQL_cannot_enter(bool hasCluster)
    {
        var parent = folder["parent"];
        var directory = Path.Combine(Directory.CreateDirectory(parent).FullName, "data");
        if (hasCluster) await (await StartAsync(directory)).DisposeAsync();
        File.SetUnixFileMode(parent, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var failure = await Record.ExceptionAsync(async () => await (await StartAsync(directory)).DisposeAsync());

        // PostgreSQL does not run as root. Other users start it as themselves, and can enter their folders.
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Contains($", who cannot enter the folder {directory}/run: ",
                Assert.IsType<StartupException>(failure).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Null(failure);
        }
    }

    [Fact]
    public async Task Refuses_the_database_of_another_version()
    {
        Directory.CreateDirectory(folder["cluster"]);
        await File.WriteAllTextAsync(folder["owner.lock"], "");
        await File.WriteAllTextAsync(Path.Combine(folder["cluster"], "PG_VERSION"), "99\n");

        var refusal = await Assert.ThrowsAsync<StartupException>(() => StartAsync());

        Assert.StartsWith(
            $"The folder {folder.Path} holds the database of a PostgreSQL 99, but here is PostgreSQL ",
            refusal.Message, StringComparison.Ordinal);
        Assert.Contains("name the folder of the programs of PostgreSQL 99 with EmbeddedPostgres:Binaries",
            refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_a_half_made_cluster_anew()
    {
        Directory.CreateDirectory(folder["cluster.new-killed"]);
        await File.WriteAllTextAsync(folder["owner.lock"], "");
        await File.WriteAllTextAsync(Path.Combine(folder["cluster.new-killed"], "PG_VERSION"), "15\n");

        await using var cluster = await StartAsync();

        Assert.Equal(1, await Sql.ScalarAsync(cluster.ConnectionString, "SELECT 1"));
        Assert.False(Directory.Exists(folder["cluster.new-killed"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Starts_after_PostgreSQL_was_killed(bool itsNumberIsTakenByAnotherProcess)
    {
        await using (var first = await StartAsync())
        {
            await Sql.ScalarAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 1 AS one");
            await KillPostgresAsync();
        }

        if (itsNumberIsTakenByAnotherProcess)
        {
            var lines = await File.ReadAllLinesAsync(PidFile);
            lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            await File.WriteAllLinesAsync(PidFile, lines);
        }

        await using var second = await StartAsync();
        Assert.Equal(1, await Sql.ScalarAsync(second.ConnectionString, "SELECT one FROM kept"));
    }

    [Fact]
    public async Task Starts_PostgreSQL_again_that_was_killed_meanwhile()
    {
        await using var cluster = await StartAsync();
        await Sql.ScalarAsync(cluster.ConnectionString, "CREATE TABLE kept AS SELECT 'Zürich' AS town");
        await cluster.RestartIfGoneAsync(CancellationToken.None);
        Assert.Equal("Zürich", await Sql.ScalarAsync(cluster.ConnectionString, "SELECT town FROM kept"));

        await KillPostgresAsync();
        await cluster.RestartIfGoneAsync(CancellationToken.None);

        Assert.Equal("Zürich", await Sql.ScalarAsync(cluster.ConnectionString, "SELECT town FROM kept"));
    }

    [Fact]
    public async Task Takes_over_the_PostgreSQL_of_a_killed_server()
    {
        using var owner = await ClusterOwner.StartAsync(folder.Path);
        await Sql.ScalarAsync(owner.ConnectionString, "CREATE TABLE kept AS SELECT 1 AS one");
        var postgres = ReadPid();
        await owner.KillAsync();

        await using (var successor = await StartAsync())
        {
            Assert.Equal(postgres, ReadPid());
            Assert.Equal(1, await Sql.ScalarAsync(successor.ConnectionString, "SELECT one FROM kept"));
        }

        Assert.False(File.Exists(PidFile), "PostgreSQL is still running.");
    }

    [Fact]
    public async Task The_PostgreSQL_of_a_killed_server_that_nobody_takes_over_stops()
    {
        using var owner = await ClusterOwner.StartAsync(folder.Path);
        using var postgres = Process.GetProcessById(ReadPid());

        await owner.KillAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await postgres.WaitForExitAsync(limit.Token);
        await Eventually.TrueAsync(() => Task.FromResult(!File.Exists(PidFile)), () => "It did not stop in order.");
    }

    private string PidFile => Path.Combine(folder["cluster"], "postmaster.pid");

    private Task<EmbeddedCluster> StartAsync(string? directory = null)
    {
        var options = new EmbeddedPostgresOptions
        {
            DataDirectory = directory ?? folder.Path,
            TemplateDirectory = "",
        };
        return EmbeddedCluster.StartAsync(options, NullLogger.Instance, TimeProvider.System, CancellationToken.None);
    }

    private int ReadPid() => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    private async Task KillPostgresAsync()
    {
        using var postgres = Process.GetProcessById(ReadPid());
        postgres.Kill();
        await postgres.WaitForExitAsync();
    }
}
