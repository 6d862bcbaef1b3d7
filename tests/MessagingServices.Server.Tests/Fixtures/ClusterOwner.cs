using System.Diagnostics;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Another process that owns an embedded PostgreSQL, and can be killed.</summary>
internal sealed class ClusterOwner : IDisposable
{
    public const string Argument = "own-cluster";

    private static readonly string Program = Path.ChangeExtension(typeof(ClusterOwner).Assembly.Location, null);

    private readonly Process process;

    private ClusterOwner(Process process, string connectionString)
    {
        this.process = process;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Starts it on a folder, or on a throw-away one of its own.</summary>
    public static async Task<ClusterOwner> StartAsync(string? folder = null)
    {
        var process = Process.Start(new ProcessStartInfo(Program, folder is null ? [Argument] : [Argument, folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return new ClusterOwner(process,
            await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("It ended."));
    }

    /// <summary>Kills it as the kernel does when memory is short.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
