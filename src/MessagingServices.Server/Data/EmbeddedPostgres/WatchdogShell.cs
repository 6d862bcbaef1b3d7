using System.Diagnostics;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>
/// A shell that outlives the server for a short time and cleans up after it. Its input ends when the server is killed:
/// its script reads an empty line then. The script must ignore signals to the server's process group, and close the
/// server's output, because a program that reads this output must not wait for the shell.
/// </summary>
internal sealed class WatchdogShell : IAsyncDisposable
{
    private readonly Process shell;

    private WatchdogShell(Process shell) => this.shell = shell;

    /// <summary>Starts the script with its parameters <c>$1</c>, <c>$2</c> and so on.</summary>
    public static WatchdogShell Start(PostgresUser user, string script, params IEnumerable<string> parameters)
    {
        var start = Command.Describe(user.Name, "/bin/sh", ["-c", script, "watchdog", .. parameters]);
        start.RedirectStandardOutput = true;
        return new(Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start."));
    }

    /// <summary>Reads a line that the script prints.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken) =>
        await shell.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>Tells the script that the server ends in order, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await shell.StandardInput.WriteLineAsync("released");
            shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // The shell was killed.
        }

        await shell.WaitForExitAsync();
        shell.Dispose();
    }
}
