using System.Diagnostics;
using System.Globalization;

namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>A program that runs beside this one, and not longer than it is needed.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 30;

    private readonly Process process;
    private readonly Queue<string> lastLines = new();

    private ChildProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        Started = Stopwatch.GetTimestamp();
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    /// <summary>When it was started, by <see cref="Stopwatch"/>.</summary>
    public long Started { get; }

    public bool HasExited => process.HasExited;

    /// <summary>The last lines that it printed.</summary>
    public string Output
    {
        get { lock (lastLines) return string.Join('\n', lastLines); }
    }

    /// <summary>Starts a program, free of settings in the environment that would change what is measured.</summary>
    public static ChildProcess Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true,
            RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(Interferes).ToList()) start.Environment.Remove(name);
        return new(start);
    }

    /// <summary>Starts this very program in another role.</summary>
    public static ChildProcess StartRole(params IEnumerable<string> arguments) =>
        Start("dotnet", [System.IO.Path.Combine(AppContext.BaseDirectory, "MessagingServices.Benchmarks.dll"),
            .. arguments]);

    /// <summary>Runs a program to its end and tells what it printed.</summary>
    /// <exception cref="LoadFailure">It ended badly.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true,
            RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode == 0) return await output;
            var said = $"{await errors} {await output}".Trim();
            throw new LoadFailure(
                $"{program} ended with exit code {process.ExitCode}: {said[..Math.Min(said.Length, 500)]}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Waits until it answers a GET.</summary>
    /// <exception cref="LoadFailure">It ended, or did not answer in a minute.</exception>
    public async Task AnswersAsync(string url, CancellationToken cancellation, bool anyStatus = false)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        while (Stopwatch.GetElapsedTime(Started) < TimeSpan.FromSeconds(60))
        {
            if (HasExited) throw new LoadFailure($"A process that should serve {url} ended:\n{Output}");
            try
            {
                using var answer = await client.GetAsync(url, cancellation);
                if (anyStatus || answer.IsSuccessStatusCode) return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException
                && !cancellation.IsCancellationRequested)
            {
            }

            await Task.Delay(10, cancellation);
        }

        throw new LoadFailure($"Nothing answered at {url} within a minute:\n{Output}");
    }

    /// <summary>SIGTERM, and its end.</summary>
    /// <exception cref="LoadFailure">It does not end within 15 seconds.</exception>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(15));
        }
        catch (TimeoutException)
        {
            throw new LoadFailure($"A process did not end when told to:\n{Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static bool Interferes(string name) =>
        name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || name.StartsWith("PG", StringComparison.Ordinal) || name is "NODE_ENV" or "NODE_OPTIONS";

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (lastLines)
        {
            lastLines.Enqueue(line.Data);
            if (lastLines.Count > KeptLines) lastLines.Dequeue();
        }
    }
}
