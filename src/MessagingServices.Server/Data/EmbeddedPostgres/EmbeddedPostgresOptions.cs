namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>Where the server keeps its own private PostgreSQL when it is not given one to use.</summary>
internal sealed class EmbeddedPostgresOptions
{
    /// <summary>The folder of the cluster. Unset: <see cref="DefaultDataDirectory"/>.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>A throw-away cluster in a temporary folder, deleted on exit and never synced to disk. Overrides the folder.</summary>
    public bool Ephemeral { get; set; }

    /// <summary>Reads the section <c>EmbeddedPostgres</c>.</summary>
    /// <exception cref="StartupException">A setting is unreadable.</exception>
    internal static EmbeddedPostgresOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("EmbeddedPostgres");
        return new() { DataDirectory = section[nameof(DataDirectory)], Ephemeral = Settings.Switch(section, nameof(Ephemeral)) };
    }

    /// <summary>A folder of the user's own data; for root, one that PostgreSQL's ordinary user can reach.</summary>
    public static string DefaultDataDirectory => Environment.IsPrivilegedProcess
        ? "/var/lib/messaging-services"
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "messaging-services",
            "postgres");
}
