namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>Where the server keeps its own private PostgreSQL when it is not given one to use.</summary>
[Section("EmbeddedPostgres", "The private PostgreSQL that the server runs without `ConnectionStrings:Postgres`.",
    See = "deployment.md#a-private-postgresql")]
internal sealed class EmbeddedPostgresOptions
{
    /// <summary>The value of <see cref="Binaries"/> for the PostgreSQL that is packed with the server.</summary>
    public const string Bundled = "bundled";

    /// <summary>The folder of the cluster. Unset: <see cref="DefaultDataDirectory"/>.</summary>
    [Setting("The folder with the data of the private PostgreSQL. One server at a time can use it.",
        Default = "`~/.local/share/messaging-services/postgres`; on macOS below `~/Library/Application Support`; for "
            + "root `/var/lib/messaging-services`", Values = "a path")]
    public string? DataDirectory { get; init; }

    [Setting("The folder with the programs of the PostgreSQL that the server runs: `initdb`, `postgres` and `pg_ctl`. "
        + "`bundled`: the PostgreSQL that the packages bring along, also where another one is installed.",
        Default = "the one in `PATH`, else the newest of the operating system or of Homebrew, else that of the package",
        Values = "a path, or `bundled`")]
    public string? Binaries { get; init; }

    [Setting("`true`: a throw-away database in a temporary folder, not synced to disk and deleted when the server "
        + "ends. `EmbeddedPostgres:DataDirectory` has no effect then.")]
    public bool Ephemeral { get; init; }

    [Setting("The folder with a copy of a new database, from which the next new database is made in a tenth of a "
        + "second. Empty: the server creates each database by `initdb` and the "
        + "migrations.",
        Default = "`$XDG_CACHE_HOME/messaging-services`, else `~/.cache/messaging-services`; for root "
            + "`/var/cache/messaging-services`", Values = "a path")]
    public string? TemplateDirectory { get; init; }

    /// <summary>The default folder of everything that the server can make again.</summary>
    public static string CacheDirectory => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : Environment.IsPrivilegedProcess ? "/var/cache"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "messaging-services");

    /// <summary>A folder of the user's own data; for root, one that PostgreSQL's ordinary user can reach.</summary>
    public static string DefaultDataDirectory => Environment.IsPrivilegedProcess
        ? "/var/lib/messaging-services"
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify),
            "messaging-services",
            "postgres");

    /// <summary>The folder of a cluster that is kept.</summary>
    internal string ClusterFolder() => string.IsNullOrWhiteSpace(DataDirectory) ? DefaultDataDirectory : DataDirectory;
}
