using System.Diagnostics;
using System.Globalization;
using MessagingServices.Server.Data.EmbeddedPostgres;

namespace MessagingServices.Server.Startup;

/// <summary>
/// Stops the server with <c>dnx</c>, or with <c>dotnet tool run</c>, that has started it. They start the server as a
/// process of its own, and when they are killed, they cannot tell it.
/// </summary>
internal static class ToolLauncher
{
    private static readonly string[] Commands = ["dnx", "tool", "messaging-services"];

    /// <summary>Watches the process that has started this one, if it is such a command.</summary>
    /// <returns>Canceled once that process has ended and the server stops.</returns>
    public static CancellationToken Watch(WebApplication app)
    {
        if (OperatingSystem.IsWindows() || FindParent() is not { } parent || !IsLauncher(ReadCommandLine(parent)))
            return CancellationToken.None;
        var ended = new CancellationTokenSource();
        _ = StopAfterAsync(parent, app, ended);
        return ended.Token;
    }

    /// <summary>Whether a process is a command of .NET's command line that has started the server.</summary>
    /// <param name="commandLine">The program and its arguments.</param>
    internal static bool IsLauncher(string[] commandLine) =>
        commandLine is [var program, .. var arguments] && Path.GetFileName(program) == "dotnet"
        // "dotnet dnx", or "dotnet exec .../dotnet.dll dnx"
        && arguments.Take(3).Any(argument => Commands.Contains(argument));

    private static async Task StopAfterAsync(int parent, WebApplication app, CancellationTokenSource ended)
    {
        try
        {
            using var launcher = Process.GetProcessById(parent);
            await launcher.WaitForExitAsync(app.Lifetime.ApplicationStopping);
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
        catch (OperationCanceledException)
        {
            return;
        }

        app.Services.GetRequiredService<Serilog.ILogger>()
            .Information("The command that started the server has ended, so the server stops");
        await ended.CancelAsync();
        app.Lifetime.StopApplication();
    }

    private static int? FindParent()
    {
        // "1234 (name) S 1230 ...", where the name may contain anything.
        var text = File.Exists("/proc/self/stat")
            ? File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]
            : Command.Run("ps", "-o", "ppid=", "-p", $"{Environment.ProcessId}").Output;
        return int.TryParse(text, CultureInfo.InvariantCulture, out var parent) ? parent : null;
    }

    private static string[] ReadCommandLine(int process)
    {
        try
        {
            return Directory.Exists("/proc/self")
                ? File.ReadAllText($"/proc/{process}/cmdline").Split('\0')
                : Command.Run("ps", "-o", "args=", "-p", $"{process}").Output.Split(' ');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
