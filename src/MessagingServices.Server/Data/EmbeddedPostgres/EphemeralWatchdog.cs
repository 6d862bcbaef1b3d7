using System.Diagnostics;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>
/// A shell that makes the folder of a throw-away cluster and outlives the server by a moment. When its input ends, because
/// this was disposed or because the server was killed, it stops the PostgreSQL in there and removes the folder.
/// </summary>
internal sealed class EphemeralWatchdog : IAsyncDisposable
{
    // Signals meant for the server's whole process group must not end it before the server is done. It gives up the
    // server's output, so that whoever reads that to its end does not wait for it. After a kill it comes back a few times:
    // an initdb or a PostgreSQL that was just starting would make the folder anew.
    private const string Script = """
        trap '' HUP INT QUIT TERM
        folder=$(mktemp -d "$2/messaging-services-XXXXXX" 2>&1)
        echo "$folder"
        exec >/dev/null 2>&1
        [ -d "$folder" ] || exit 1
        read -r released
        for attempt in 1 2 3 4 5 6; do
            "$1" stop -D "$folder/cluster" -m immediate -w -t 4
            rm -rf "$folder"
            [ -z "$released" ] || exit 0
            sleep 1
        done
        """;

    private readonly Process shell;

    private EphemeralWatchdog(Process shell, string folder)
    {
        this.shell = shell;
        Folder = folder;
    }

    /// <summary>The folder, which belongs to PostgreSQL's user and which nobody else may enter.</summary>
    public string Folder { get; }

    /// <summary>Makes a folder and watches over it.</summary>
    public static async Task<EphemeralWatchdog> StartAsync(
        PostgresBinaries binaries, PostgresUser user, CancellationToken cancellationToken)
    {
        var temporary = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        var start = Command.Describe(user.Name, "/bin/sh", "-c", Script, "watchdog", binaries.PgCtl, temporary);
        start.RedirectStandardOutput = true;
        var shell = Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start.");
        var folder = await shell.StandardOutput.ReadLineAsync(cancellationToken);
        return Directory.Exists(folder) ? new EphemeralWatchdog(shell, folder) : throw new StartupException(
            $"PostgreSQL's throw-away folder could not be made ({folder}): make room in {temporary} and let everybody write there, "
            + "or choose another folder with TMPDIR.");
    }

    /// <summary>Ends PostgreSQL and the folder; returns when both are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await shell.StandardInput.WriteLineAsync("released");
            shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // Somebody killed it.
        }

        await shell.WaitForExitAsync();
        shell.Dispose();
    }
}
