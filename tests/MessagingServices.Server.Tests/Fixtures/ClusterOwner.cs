using System.Diagnostics;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>Another process that owns an embedded PostgreSQL, and can be killed.</summary>
internal sealed class ClusterOwner : IDisposable
{
    public const string Argument = "own-cluster";
    public const string BundledArgument = "own-bundled-cluster";

    private static readonly string Program = Path.ChangeExtension(typeof(ClusterOwner).Assembly.Location, null);

    private readonly Process process;

    private ClusterOwner(Process process, string connectionString)
    {
        this.process = process;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Starts it on a folder, or on a throw-away one of its own.</summary>
    public static Task<ClusterOwner> StartAsync(string? folder = null) =>
        StartAsync(new ProcessStartInfo(Program, folder is null ? [Argument] : [Argument, folder]));

    /// <summary>
    /// Starts it on a throw-away folder, with an empty <c>PATH</c> and the PostgreSQL that is packed in a folder.
    /// </summary>
    public static Task<ClusterOwner> StartBundledAsync(string archive, string cache) =>
        StartAsync(new ProcessStartInfo(Program, [BundledArgument, archive])
        {
            Environment = { ["PATH"] = "", ["XDG_CACHE_HOME"] = cache },
        });

    private static async Task<ClusterOwner> StartAsync(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
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
