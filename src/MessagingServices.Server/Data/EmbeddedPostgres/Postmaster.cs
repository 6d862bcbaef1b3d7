using System.Diagnostics;
using Npgsql;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>The PostgreSQL process of one folder: started, or taken over from a server that died, and stopped.</summary>
internal sealed partial class Postmaster(
    PostgresBinaries binaries, PostgresUser user, ClusterFolder folder, ILogger logger, TimeProvider time)
{
    private const long LargestLog = 8 * 1024 * 1024;
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes over a running process of this cluster. Returns the folder of its socket; null: there is none.</summary>
    public async Task<string?> AdoptAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (PostmasterPidFile.Read(folder.Cluster) is { } found)
        {
            var answer = await AskAsync(found, cancellationToken);
            if (answer is Answer.Ready)
            {
                LogAdopted(found.Pid);
                return found.SocketDirectory;
            }

            var state = await found.FindStateAsync(cancellationToken);
            if (state is not PostmasterState.Running)
            {
                RemoveRemains(state);
                return null;
            }

            if (time.GetElapsedTime(began) > (answer is Answer.NotYet ? RecoveryLimit : SilenceLimit))
            {
                LogSilent(found.Pid);
                if (!(await PgCtlAsync(["stop", "-m", "immediate", "-t", "5"], cancellationToken)).Succeeded)
                    await KillAsync(found, cancellationToken);
                return null;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        return null;
    }

    /// <summary>Starts PostgreSQL again if its process is gone, as after an out-of-memory kill; it recovers what was committed.</summary>
    /// <returns>Whether it was gone.</returns>
    public async Task<bool> RestartIfGoneAsync(CancellationToken cancellationToken)
    {
        var state = PostmasterPidFile.Read(folder.Cluster) is { } known ? await known.FindStateAsync(cancellationToken) : PostmasterState.Gone;
        if (state is PostmasterState.Running) return false;
        LogGone(folder.Root);
        RemoveRemains(state);
        await StartAsync(cancellationToken);
        return true;
    }

    /// <summary>Starts PostgreSQL with the folder's settings.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (new FileInfo(folder.Log) is { Exists: true, Length: > LargestLog })
            File.Move(folder.Log, folder.Log + ".old", overwrite: true);

        var began = time.GetTimestamp();
        var options = $"-c config_file='{folder.Settings.Replace("'", @"'\''", StringComparison.Ordinal)}'";
        while (true)
        {
            // pg_ctl starts it in a session of its own: a terminal's Ctrl-C reaches the server, not its database.
            var logged = new FileInfo(folder.Log) is { Exists: true } log ? log.Length : 0;
            var answer = await PgCtlAsync(["start", "-s", "-t", "60", "-l", folder.Log, "-o", options], cancellationToken);
            if (answer.Succeeded)
                return;

            var complaint = ReadComplaint(logged) ?? answer.Output.Trim();
            if (!IsHeldByDyingProcess(complaint) || time.GetElapsedTime(began) > SilenceLimit)
                throw new StartupException(
                    $"PostgreSQL could not be started in {folder.Root} ({complaint}): remove the cause ({folder.Log} may tell more), "
                    + "or choose another folder with EmbeddedPostgres:DataDirectory.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Stops PostgreSQL within about three seconds. What is committed stays, however it stops.</summary>
    public async Task StopAsync()
    {
        if (PostmasterPidFile.Read(folder.Cluster) is not { } running
            || (await PgCtlAsync(["stop", "-m", "fast", "-t", "2"], CancellationToken.None)).Succeeded
            || (await PgCtlAsync(["stop", "-m", "immediate", "-t", "1"], CancellationToken.None)).Succeeded
            || await running.FindStateAsync(CancellationToken.None) is not PostmasterState.Running)
            return;
        LogNotStopped(running.Pid, folder.Root);
    }

    /// <summary>Tells PostgreSQL to end without a checkpoint; what is frozen is left to the next server.</summary>
    public void StopAtOnce() => PgCtlAsync(["stop", "-m", "immediate", "-t", "1"], CancellationToken.None).GetAwaiter().GetResult();

    // What is frozen hears no signal but this one.
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

    private static async Task<Answer> AskAsync(PostmasterPidFile running, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ClusterSettings.MaintenanceConnectionString(running.SocketDirectory));
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SHOW data_directory", connection);
            return await command.ExecuteScalarAsync(cancellationToken) as string == running.DataDirectory ? Answer.Ready : Answer.None;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.CannotConnectNow)
        {
            return Answer.NotYet;
        }
        catch (Exception exception) when (exception is NpgsqlException or ArgumentException)
        {
            return Answer.None;
        }
    }

    // PostgreSQL removes what a killed one left, unless the number in there lives on as another process.
    private void RemoveRemains(PostmasterState state)
    {
        foreach (var socket in Directory.GetFiles(folder.Run, ".s.PGSQL.*"))
            File.Delete(socket);
        if (state is PostmasterState.Replaced)
            File.Delete(PostmasterPidFile.PathIn(folder.Cluster));
    }

    private static bool IsHeldByDyingProcess(string complaint) =>
        complaint.Contains("postmaster.pid", StringComparison.Ordinal) || complaint.Contains("still in use", StringComparison.Ordinal);

    private string? ReadComplaint(long from)
    {
        if (!File.Exists(folder.Log))
            return null;
        using var log = new FileStream(folder.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(Math.Min(from, log.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        var complaint = reader.ReadToEnd().Split('\n').FirstOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal));
        return complaint?[(complaint.IndexOf("FATAL:", StringComparison.Ordinal) + "FATAL:".Length)..].Trim();
    }

    private enum Answer
    {
        None,
        NotYet,
        Ready,
    }

    [LoggerMessage(LogLevel.Information, "Took over the PostgreSQL (process {Pid}) of a server that had died")]
    private partial void LogAdopted(int pid);

    [LoggerMessage(LogLevel.Warning, "The PostgreSQL (process {Pid}) of a server that had died does not answer and is replaced")]
    private partial void LogSilent(int pid);

    [LoggerMessage(LogLevel.Error, "The PostgreSQL in {Folder} has ended and is started again")]
    private partial void LogGone(string folder);

    [LoggerMessage(LogLevel.Warning, "PostgreSQL (process {Pid}) in {Folder} did not stop in time; the next server there takes it over")]
    private partial void LogNotStopped(int pid, string folder);
}
