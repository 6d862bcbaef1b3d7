using System.Runtime.Versioning;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>
/// Stops the PostgreSQL of a server that was killed, unless another server has claimed its folder within
/// <see cref="Patience"/>.
/// </summary>
internal sealed class OrphanWatchdog : IAsyncDisposable
{
    /// <summary>How long the PostgreSQL of a killed server waits for another server.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string Script = """
        trap '' HUP INT QUIT TERM
        exec >/dev/null 2>&1
        read -r released
        [ -z "$released" ] || exit 0
        sleep "$5"
        [ "$(cat "$3")" = "$4" ] || exit 0
        "$1" stop -D "$2" -m fast -w -t 60
        """;

    private readonly ClusterFolder folder;
    private readonly string owner;
    private readonly string name = Path.GetRandomFileName();
    private WatchdogShell? shell;

    /// <summary>Claims the folder: the watchdogs of killed servers leave it alone from now on.</summary>
    [UnsupportedOSPlatform("windows")]
    public OrphanWatchdog(ClusterFolder folder)
    {
        this.folder = folder;
        // Not in a folder of PostgreSQL's user, who could let root write to another file.
        owner = Path.Combine(folder.Root, "owner");
        File.WriteAllText(owner, name);
        // PostgreSQL's user must be able to read it with any umask of root.
        File.SetUnixFileMode(owner, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
    }

    /// <summary>Watches this server from now on. PostgreSQL may start afterwards.</summary>
    public void Start(PostgresBinaries binaries, PostgresUser user) =>
        shell = WatchdogShell.Start(
            user, Script, binaries.PgCtl, folder.Cluster, owner, name, $"{Patience.TotalSeconds:0}");

    /// <summary>Ends the watch. PostgreSQL stays as it is.</summary>
    public async ValueTask DisposeAsync()
    {
        if (shell is not null) await shell.DisposeAsync();
    }
}
