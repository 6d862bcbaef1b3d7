using System.Diagnostics;

namespace MessagingServices.Server.Persistence.EmbeddedPostgres;

/// <summary>
/// A shell that outlives the server by a moment. When its input ends, because this was disposed or because the server was
/// killed, it stops the throw-away PostgreSQL and removes the folder.
/// </summary>
internal sealed class EphemeralWatchdog : IAsyncDisposable
{
    // Signals meant for the server's whole process group must not end it before the server is done. It gives up the
    // server's output, so that whoever reads that to its end does not wait for it. The second removal is for an initdb
    // that was still writing.
    private const string Script = """
        exec >/dev/null 2>&1
        trap '' HUP INT QUIT TERM
        while read -r line; do :; done
        "$1" stop -D "$2/cluster" -m immediate -w -t 4
        rm -rf "$2" || { sleep 1; rm -rf "$2"; }
        """;

    private readonly Process shell;

    private EphemeralWatchdog(Process shell) => this.shell = shell;

    /// <summary>Watches over a folder.</summary>
    public static EphemeralWatchdog Start(PostgresBinaries binaries, PostgresUser user, ClusterFolder folder) =>
        new(Process.Start(Command.Describe(user.Name, "/bin/sh", "-c", Script, "watchdog", binaries.PgCtl, folder.Root))
            ?? throw new InvalidOperationException("/bin/sh did not start."));

    /// <summary>Ends PostgreSQL and the folder; returns when both are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
    }
}
