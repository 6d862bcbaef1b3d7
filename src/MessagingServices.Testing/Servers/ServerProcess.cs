using System.Diagnostics;
using System.Globalization;

namespace MessagingServices.Testing.Servers;

/// <summary>
/// A server that the tests have started, with a database that ends with it. It also ends when the tests are killed:
/// then its standard input ends.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Serving = "serves at ";
    private const int KeptLines = 40;

    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(1);

    private readonly Process process;
    private readonly ServerCommand command;
    private readonly EmulatorOptions options;
    private readonly Queue<string> lastLines = new();
    private readonly TaskCompletionSource<Uri> serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(ServerCommand command, EmulatorOptions options, Process process)
    {
        (this.command, this.options, this.process) = (command, options, process);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Whether it runs no more.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Starts a server. It is not yet ready.</summary>
    public static ServerProcess Start(ServerCommand command, EmulatorOptions options)
    {
        var start = new ProcessStartInfo(command.Program)
        {
            WorkingDirectory = command.Folder ?? "",
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            UseShellExecute = false, CreateNoWindow = true,
        };
        foreach (var argument in command.Arguments.Concat(Settings(options))) start.ArgumentList.Add(argument);
        // They are meant for the application under test: its database, its addresses, its environment.
        foreach (var name in start.Environment.Keys.Where(IsForApplications).ToList()) start.Environment.Remove(name);
        options.Write($"Starting {command}");
        try
        {
            return new(command, options, Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new EmulatorException($"The server cannot be started by \"{command}\": {failure.Message}", failure);
        }
    }

    /// <summary>Waits until it has said where it serves.</summary>
    /// <exception cref="EmulatorException">It has ended, or the time is over.</exception>
    public async Task<Uri> ServingAsync(CancellationToken timeout)
    {
        var ended = process.WaitForExitAsync(timeout);
        try
        {
            if (await Task.WhenAny(serving.Task, ended).ConfigureAwait(false) == serving.Task)
                return await serving.Task.ConfigureAwait(false);
            await ended.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw Failed(string.Create(
                CultureInfo.InvariantCulture, $"is not ready after {options.StartTimeout.TotalSeconds} s"));
        }

        throw Ended();
    }

    /// <summary>That it has ended, with its last lines.</summary>
    public EmulatorException Ended() => Failed($"has ended with exit code {process.ExitCode}");

    /// <summary>Why a request got no answer: null when it runs. It may be about to end.</summary>
    public async Task<string?> WhyEndedAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(EndsWithin);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It runs, or programs that it has started still hold its output.
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        return HasEnded ? Ended().Message : null;
    }

    /// <summary>What is wrong, with the server's last lines.</summary>
    public EmulatorException Failed(string how)
    {
        string[] lines;
        lock (lastLines) lines = [.. lastLines];
        var said = lines.Length == 0 ? "It has printed nothing." : "Its last lines:\n  " + string.Join("\n  ", lines);
        return new($"The server, started by \"{command}\", {how}. {said}");
    }

    /// <summary>Stops it, and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(StopsWithin);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            options.Write("The server does not stop, and is killed.");
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    /// <summary>Its settings, as arguments: ours first, so that those of the options win.</summary>
    private static IEnumerable<string> Settings(EmulatorOptions options)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            // The system chooses the port: one that is free now may be taken before the server listens.
            ["urls"] = "http://127.0.0.1:0",
            ["EmbeddedPostgres:Ephemeral"] = "true",
            ["Process:StopWithInput"] = "true",
        };
        if (options.AccountSid is { } sid) settings["Account:Sid"] = sid;
        if (options.AuthToken is { } token) settings["Account:AuthToken"] = token;
        foreach (var (name, value) in options.Settings) settings[name] = value;
        return settings.Select(setting => $"--{setting.Key}={setting.Value}");
    }

    /// <summary>Whether it configures an application of ASP.NET Core.</summary>
    private static bool IsForApplications(string name) =>
        name.Contains("__", StringComparison.Ordinal)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.Equals("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase)
        || name.Equals("DOTNET_URLS", StringComparison.OrdinalIgnoreCase);

    private void Keep(string? line)
    {
        if (line is null) return;
        options.Write(line);
        lock (lastLines)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > KeptLines) lastLines.Dequeue();
        }

        var at = line.IndexOf(Serving, StringComparison.Ordinal);
        if (at >= 0 && Uri.TryCreate(line[(at + Serving.Length)..].Trim(), UriKind.Absolute, out var url))
            serving.TrySetResult(url);
    }
}
