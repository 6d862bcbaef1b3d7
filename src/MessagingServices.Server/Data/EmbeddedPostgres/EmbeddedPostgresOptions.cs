namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>Where the server keeps its own private PostgreSQL when it is not given one to use.</summary>
[Section("EmbeddedPostgres", "The private PostgreSQL that the server runs without `ConnectionStrings:Postgres`.",
    See = "deployment.md#a-private-postgresql")]
internal sealed class EmbeddedPostgresOptions
{
    /// <summary>The folder of the cluster. Unset: <see cref="DefaultDataDirectory"/>.</summary>
    [Setting("The folder with the data of the private PostgreSQL. One server at a time can use it.",
        Default = "`~/.local/share/messaging-services/postgres`; on macOS below `~/Library/Application Support`; for "
            + "root `/var/lib/messaging-services`", Values = "a path")]
    public string? DataDirectory { get; init; }

    [Setting("`true`: a throw-away database in a temporary folder, not synced to disk and deleted when the server "
        + "ends. `EmbeddedPostgres:DataDirectory` has no effect then.")]
    public bool Ephemeral { get; init; }

    /// <summary>A folder of the user's own data; for root, one that PostgreSQL's ordinary user can reach.</summary>
    public static string DefaultDataDirectory => Environment.IsPrivilegedProcess
        ? "/var/lib/messaging-services"
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify),
            "messaging-services",
            "postgres");
}
