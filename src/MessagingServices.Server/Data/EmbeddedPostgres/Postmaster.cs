using System.Diagnostics;
using Npgsql;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>
/// Controls the PostgreSQL process of one folder: starts it, takes it over from a server that has died, and stops it.
/// </summary>
internal sealed partial class Postmaster(
    PostgresBinaries binaries, PostgresUser user, ClusterFolder folder, ILogger logger, TimeProvider time)
{
    private const long MaxLogBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RecoveryTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProbeDelay = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Takes over a running process of this cluster. Returns the folder of its socket; null when no process runs.
    /// </summary>
    public async Task<string?> AdoptAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (PostmasterPidFile.Read(folder.Cluster) is { } found)
        {
            var readiness = await ProbeAsync(found, cancellationToken);
            if (readiness is Readiness.Ready)
            {
                LogAdopted(found.Pid);
                return found.SocketDirectory;
            }

            var state = await found.FindStateAsync(cancellationToken);
            if (state is not PostmasterState.Running)
            {
                RemoveStaleFiles(state);
                return null;
            }

            if (time.GetElapsedTime(began) > (readiness is Readiness.Starting ? RecoveryTimeout : ResponseTimeout))
            {
                LogUnresponsive(found.Pid);
                if (!(await PgCtlAsync(["stop", "-m", "immediate", "-t", "5"], cancellationToken)).Succeeded)
                    await KillAsync(found, cancellationToken);
                return null;
            }

            await Task.Delay(RetryDelay, time, cancellationToken);
        }

        return null;
    }

    /// <summary>
    /// Restarts PostgreSQL if its process has ended, for example by an out-of-memory kill. PostgreSQL recovers
    /// committed data.
    /// </summary>
    /// <returns>Whether the process had ended.</returns>
    public async Task<bool> RestartIfGoneAsync(CancellationToken cancellationToken)
    {
        var state = PostmasterPidFile.Read(folder.Cluster) is { } known
            ? await known.FindStateAsync(cancellationToken)
            : PostmasterState.Ended;
        if (state is PostmasterState.Running) return false;
        LogEnded(folder.Root);
        RemoveStaleFiles(state);
        await StartAsync(cancellationToken);
        return true;
    }

    /// <summary>Starts PostgreSQL with the settings in the folder.</summary>
    /// <exception cref="StartupException">PostgreSQL cannot start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (new FileInfo(folder.Log) is { Exists: true, Length: > MaxLogBytes })
            File.Move(folder.Log, folder.Log + ".old", overwrite: true);

        var began = time.GetTimestamp();
        var options = $"-c config_file='{folder.Settings.Replace("'", @"'\''", StringComparison.Ordinal)}'";
        while (true)
        {
            // pg_ctl starts a new session, so Ctrl-C in a terminal reaches the server but not PostgreSQL.
            var logged = new FileInfo(folder.Log) is { Exists: true } log ? log.Length : 0;
            string[] start = ["start", "-s", "-t", "60", "-l", folder.Log, "-o", options];
            var starting = PgCtlAsync(start, CancellationToken.None);
            // pg_ctl looks ten times a second whether PostgreSQL is ready.
            while (!starting.IsCompleted)
            {
                // The file of a killed PostgreSQL may say so too. Until it says so, a connection would only be refused.
                if (PostmasterPidFile.IsReady(folder.Cluster)
                    && PostmasterPidFile.Read(folder.Cluster) is { } started
                    && await ProbeAsync(started, CancellationToken.None) is Readiness.Ready)
                    return;
                await Task.Delay(ProbeDelay, time, CancellationToken.None);
            }

            var result = await starting;
            cancellationToken.ThrowIfCancellationRequested();
            if (result.Succeeded)
                return;

            var error = ReadFatalError(logged) ?? result.Output.Trim();
            if (!IsHeldByEndingProcess(error) || time.GetElapsedTime(began) > ResponseTimeout)
                throw new StartupException(
                    $"PostgreSQL could not be started in {folder.Root} ({error}): "
                    + $"remove the cause (details: {folder.Log}), "
                    + "or choose another folder with EmbeddedPostgres:DataDirectory.");
            await Task.Delay(RetryDelay, time, cancellationToken);
        }
    }

    /// <summary>Stops PostgreSQL within about 3 s. Committed data is kept in every case.</summary>
    public async Task StopAsync()
    {
        if (PostmasterPidFile.Read(folder.Cluster) is not { } running
            || (await PgCtlAsync(["stop", "-m", "fast", "-t", "2"], CancellationToken.None)).Succeeded
            || (await PgCtlAsync(["stop", "-m", "immediate", "-t", "1"], CancellationToken.None)).Succeeded
            || await running.FindStateAsync(CancellationToken.None) is not PostmasterState.Running)
            return;
        LogNotStopped(running.Pid, folder.Root);
    }

    /// <summary>
    /// Stops PostgreSQL without a checkpoint and blocks for up to 1 s. The next server takes over a process that does
    /// not respond.
    /// </summary>
    public void StopImmediately() =>
        PgCtlAsync(["stop", "-m", "immediate", "-t", "1"], CancellationToken.None).GetAwaiter().GetResult();

    // SIGKILL is the only signal that ends a frozen process.
    private static async Task KillAsync(PostmasterPidFile frozen, CancellationToken cancellationToken)
    {
        if (await frozen.FindStateAsync(cancellationToken) is not PostmasterState.Running)
            return;
        using var process = Process.GetProcessById(frozen.Pid);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(cancellationToken);
    }

    private Task<CommandResponse> PgCtlAsync(string[] arguments, CancellationToken cancellationToken) =>
        Command.RunAsync(user.Name, binaries.PgCtl, [.. arguments, "-w", "-D", folder.Cluster], cancellationToken);

    private static async Task<Readiness> ProbeAsync(PostmasterPidFile running, CancellationToken cancellationToken)
    {
        try
        {
            await using var connections = ClusterSettings.Maintenance(running.SocketDirectory);
            await using var connection = await connections.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SHOW data_directory", connection);
            return await command.ExecuteScalarAsync(cancellationToken) as string == running.DataDirectory
                ? Readiness.Ready
                : Readiness.NoResponse;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.CannotConnectNow)
        {
            return Readiness.Starting;
        }
        catch (Exception exception) when (exception is NpgsqlException or ArgumentException)
        {
            return Readiness.NoResponse;
        }
    }

    // PostgreSQL itself removes the pid file of a killed process, unless another process has that pid now.
    private void RemoveStaleFiles(PostmasterState state)
    {
        foreach (var socket in Directory.GetFiles(folder.Run, ".s.PGSQL.*"))
            File.Delete(socket);
        if (state is PostmasterState.Replaced)
            File.Delete(PostmasterPidFile.PathIn(folder.Cluster));
    }

    private static bool IsHeldByEndingProcess(string error) =>
        error.Contains("postmaster.pid", StringComparison.Ordinal)
        || error.Contains("still in use", StringComparison.Ordinal);

    private string? ReadFatalError(long from)
    {
        if (!File.Exists(folder.Log))
            return null;
        using var log = new FileStream(folder.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(Math.Min(from, log.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        const string Marker = "FATAL:";
        var error = reader.ReadToEnd().Split('\n')
            .FirstOrDefault(line => line.Contains(Marker, StringComparison.Ordinal));
        return error?[(error.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..].Trim();
    }

    private enum Readiness
    {
        NoResponse,
        Starting,
        Ready,
    }

    [LoggerMessage(LogLevel.Information, "Took over the PostgreSQL (process {Pid}) of a server that had died")]
    private partial void LogAdopted(int pid);

    [LoggerMessage(
        LogLevel.Warning,
        "The PostgreSQL (process {Pid}) of a server that had died does not respond and is replaced")]
    private partial void LogUnresponsive(int pid);

    [LoggerMessage(LogLevel.Error, "The PostgreSQL in {Folder} has ended and is restarted")]
    private partial void LogEnded(string folder);

    [LoggerMessage(
        LogLevel.Warning,
        "PostgreSQL (process {Pid}) in {Folder} did not stop in time; the next server there takes it over")]
    private partial void LogNotStopped(int pid, string folder);
}
