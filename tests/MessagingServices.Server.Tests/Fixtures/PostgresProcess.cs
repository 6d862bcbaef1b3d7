using System.Diagnostics;
using System.Globalization;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The processes of a PostgreSQL that a server, or a test, runs in a folder of its own.</summary>
/// <param name="folder">What <c>EmbeddedPostgres:DataDirectory</c> names.</param>
internal sealed class PostgresProcess(string folder)
{
    /// <summary>How to connect to it, while it runs.</summary>
    public string ConnectionString =>
        $"Host={ReadPidFile()[4]};Port=5432;Database=messaging_services;Username=postgres;SSL Mode=Disable;Timeout=5";

    /// <summary>kill -9 of the postmaster and of every process that it has started.</summary>
    public async Task KillAsync()
    {
        var postmaster = int.Parse(ReadPidFile()[0], CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(postmaster);
        using var kill = Process.Start("sh", ["-c", $"kill -9 {postmaster} $(pgrep -P {postmaster})"]);
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    private string[] ReadPidFile() => File.ReadAllLines(Path.Combine(folder, "cluster", "postmaster.pid"));
}
