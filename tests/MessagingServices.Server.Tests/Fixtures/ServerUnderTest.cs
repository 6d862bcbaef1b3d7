using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The server as a process of its own, started as users start it, so that it can be killed.</summary>
public sealed partial class ServerUnderTest : IAsyncDisposable
{
    /// <summary>
    /// The system chooses the port: a port that a test finds free may be taken before the server listens.
    /// </summary>
    private const string AnyPort = "http://127.0.0.1:0";

    /// <summary>
    /// As <c>./dev test</c> built it, compiled in advance as for users: starting it takes a third of what it takes to
    /// compile it again each time. Tests started in another way have the one that was built beside them.
    /// </summary>
    internal static readonly string Program =
        Environment.GetEnvironmentVariable("MESSAGING_TEST_SERVER") is { Length: > 0 } built
        ? built
        : Path.Combine(AppContext.BaseDirectory, "MessagingServices.Server.dll");

    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder output = new();

    private ServerUnderTest(Process process)
    {
        this.process = process;
        Http = new()
        {
            DefaultRequestHeaders =
            {
                Authorization = new AuthenticationHeaderValue("Basic",
                    Convert.ToBase64String(
                        Encoding.UTF8.GetBytes($"{MessagingServer.AccountSid}:{MessagingServer.AuthToken}"))),
            },
        };
    }

    /// <summary>The ID of the process.</summary>
    public int ProcessId => process.Id;

    /// <summary>Calls with the account's credentials.</summary>
    public HttpClient Http { get; }

    /// <summary>The API with the account's credentials.</summary>
    internal TestApi Api => new(Http);

    /// <summary>What it has printed so far.</summary>
    public string Output
    {
        get { lock (output) return output.ToString(); }
    }

    /// <summary>Starts it on a database and waits until it serves.</summary>
    public static async Task<ServerUnderTest> StartAsync(string connectionString, params string[] options)
    {
        var server = Launch(["--ConnectionStrings:Postgres", connectionString, "--Seed:File", "none", .. options]);
        using var patience = new CancellationTokenSource(StartsWithin);
        while (Serving().Match(server.Output) is not { Success: true } told
            || !await AnswersAsync(told.Groups["url"].Value, patience.Token))
        {
            if (server.process.HasExited) throw new InvalidOperationException($"The server ended:\n{server.Output}");
            await Task.Delay(50, patience.Token);
        }

        server.Http.BaseAddress = new(Serving().Match(server.Output).Groups["url"].Value);
        return server;
    }

    /// <summary>
    /// Starts it where it cannot serve, with an input that has ended; tells its exit code and what it said.
    /// </summary>
    public static async Task<(int ExitCode, string Output)> FailToStartAsync(params string[] options)
    {
        await using var server = Launch(options);
        server.process.StandardInput.Close();
        await server.process.WaitForExitAsync().WaitAsync(StartsWithin);
        server.process.WaitForExit();
        return (server.process.ExitCode, server.Output);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: the process pauses at any point.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>SIGTERM.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Writes to its standard input.</summary>
    public async Task WriteInputAsync(string text)
    {
        await process.StandardInput.WriteLineAsync(text);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Ends its standard input, as when the program that started it has ended.</summary>
    public void EndInput() => process.StandardInput.Close();

    /// <summary>Waits until it has ended, and returns its exit code.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync().WaitAsync(StartsWithin);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        Http.Dispose();
        process.Dispose();
    }

    private static ServerUnderTest Launch(string[] options)
    {
        var arguments = options.Contains("--urls") ? options : ["--urls", AnyPort, .. options];
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            // With the server's own delay each start costs 0.4 s of a processor more; a hundred servers are started,
            // most for a few seconds.
            Environment = { ["DOTNET_TC_CallCountingDelayMs"] = "100" },
        };
        var server = new ServerUnderTest(Process.Start(start)!);
        server.process.OutputDataReceived += server.Keep;
        server.process.ErrorDataReceived += server.Keep;
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        return server;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill",
            [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output) output.AppendLine(line.Data);
    }

    private static async Task<bool> AnswersAsync(string url, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        try
        {
            return (await client.GetAsync($"{url}/readyz", cancellation)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"serves at (?<url>http://\S+)")]
    private static partial Regex Serving();
}
