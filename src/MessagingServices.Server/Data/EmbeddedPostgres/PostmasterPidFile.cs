using System.Globalization;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>The state of the process in a cluster's pid file.</summary>
internal enum PostmasterState
{
    Running,
    Ended,

    /// <summary>
    /// The process has ended, and another process has its pid, as is usual after the restart of a container.
    /// </summary>
    Replaced,
}

/// <summary>The pid file of a running PostgreSQL in its cluster. A killed PostgreSQL does not remove it.</summary>
internal sealed record PostmasterPidFile(int Pid, string DataDirectory, string SocketDirectory)
{
    public static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>Reads the file; null when it does not exist or is incomplete.</summary>
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

    /// <summary>Whether PostgreSQL takes connections: its last line is <c>ready</c> then.</summary>
    public static bool IsReady(string cluster)
    {
        try
        {
            return File.ReadAllLines(PathIn(cluster)) is [_, _, _, _, _, _, _, var status, ..]
                && status.Trim() == "ready";
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Finds the state of the process by its command line.</summary>
    public async Task<PostmasterState> FindStateAsync(CancellationToken cancellationToken)
    {
        if (await ReadCommandLineAsync(cancellationToken) is not { } commandLine) return PostmasterState.Ended;
        return commandLine.Contains("postgres", StringComparison.Ordinal)
            && commandLine.Contains(DataDirectory, StringComparison.Ordinal)
                ? PostmasterState.Running
                : PostmasterState.Replaced;
    }

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
