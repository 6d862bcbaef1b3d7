using System.Globalization;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>What became of the process that a cluster's pid file names.</summary>
internal enum PostmasterState
{
    Running,
    Gone,

    /// <summary>Gone, and its number now belongs to another process, as usual after a container's restart.</summary>
    Replaced,
}

/// <summary>The pid file that a running PostgreSQL keeps in its cluster, and a killed one leaves there.</summary>
internal sealed record PostmasterPidFile(int Pid, string DataDirectory, string SocketDirectory)
{
    public static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>The file's content; null where there is none or it is still being written.</summary>
    public static PostmasterPidFile? Read(string cluster)
    {
        try
        {
            return File.ReadAllLines(PathIn(cluster)) is [var pid, var dataDirectory, _, _, var socketDirectory, ..]
                && int.TryParse(pid, CultureInfo.InvariantCulture, out var number)
                    ? new PostmasterPidFile(number, dataDirectory, socketDirectory)
                    : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Asks the operating system about the process.</summary>
    public async Task<PostmasterState> FindStateAsync(CancellationToken cancellationToken) =>
        await ReadCommandLineAsync(cancellationToken) is not { } commandLine ? PostmasterState.Gone
        : commandLine.Contains("postgres", StringComparison.Ordinal) && commandLine.Contains(DataDirectory, StringComparison.Ordinal)
            ? PostmasterState.Running
            : PostmasterState.Replaced;

    private async Task<string?> ReadCommandLineAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists("/proc/self"))
        {
            var listing = await Command.RunAsync(null, "ps", ["-o", "args=", "-p", $"{Pid}"], cancellationToken);
            return listing.Succeeded ? listing.Output : null;
        }

        try
        {
            return await File.ReadAllTextAsync($"/proc/{Pid}/cmdline", cancellationToken);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
