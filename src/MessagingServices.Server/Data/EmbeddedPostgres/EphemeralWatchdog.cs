namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>
/// Creates the folder of an ephemeral cluster. When this object is disposed or the server is killed, it stops the
/// PostgreSQL in the folder and removes the folder.
/// </summary>
internal sealed class EphemeralWatchdog : IAsyncDisposable
{
    // After a kill the shell removes the folder several times. An initdb or a PostgreSQL that was starting may create
    // it again.
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

    private readonly WatchdogShell shell;

    private EphemeralWatchdog(WatchdogShell shell, string folder)
    {
        this.shell = shell;
        Folder = folder;
    }

    /// <summary>The folder, which belongs to PostgreSQL's user. No other user may enter it.</summary>
    public string Folder { get; }

    /// <summary>Starts the shell, which creates the folder.</summary>
    /// <exception cref="StartupException">The shell cannot create the folder.</exception>
    public static async Task<EphemeralWatchdog> StartAsync(
        PostgresBinaries binaries, PostgresUser user, CancellationToken cancellationToken)
    {
        var temporary = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        var shell = WatchdogShell.Start(user, Script, binaries.PgCtl, temporary);
        var folder = await shell.ReadLineAsync(cancellationToken);
        return Directory.Exists(folder) ? new EphemeralWatchdog(shell, folder) : throw new StartupException(
            $"The ephemeral folder of PostgreSQL could not be created ({folder}): "
            + $"free space in {temporary} and let all users write there, or choose another folder with TMPDIR.");
    }

    /// <summary>Stops PostgreSQL and removes the folder. Returns when both are gone.</summary>
    public ValueTask DisposeAsync() => shell.DisposeAsync();
}
