namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>
/// The user that PostgreSQL's programs run as. PostgreSQL refuses to run as root, so a server that runs as root uses an
/// ordinary user for them.
/// </summary>
internal sealed class PostgresUser
{
    private static readonly string[] OrdinaryUsers = ["postgres", "_postgres", "nobody"];
    private static readonly string[] OwnerOf = OperatingSystem.IsMacOS() ? ["-f", "%Su"] : ["-c", "%U"];

    private PostgresUser(string? name) => Name = name;

    /// <summary>The name of the user; null for the user of the server.</summary>
    public string? Name { get; }

    /// <summary>Chooses the owner of an existing cluster, or a user for a new cluster.</summary>
    /// <exception cref="StartupException">The server runs as root, and no ordinary user exists.</exception>
    public static async Task<PostgresUser> ChooseAsync(string? clusterDirectory, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return new PostgresUser(null);

        if (Directory.Exists(clusterDirectory))
        {
            var owner = await Command.RunAsync(null, "stat", [.. OwnerOf, clusterDirectory], cancellationToken);
            // An owner without a name is UNKNOWN, or a number.
            if (owner.Succeeded && owner.Output.Trim() is not ("root" or "UNKNOWN" or "") and var name
                && !char.IsAsciiDigit(name[0]))
                return new PostgresUser(name);
        }

        foreach (var ordinary in OrdinaryUsers)
        {
            if (!await ExistsAsync(ordinary, cancellationToken))
                continue;
            var user = new PostgresUser(ordinary);
            // The owner is root or unknown here, as in a restored backup or a volume of another machine.
            if (Directory.Exists(clusterDirectory))
                await user.OwnAsync(clusterDirectory, cancellationToken);
            return user;
        }

        throw new StartupException(
            "PostgreSQL refuses to run as root and there is neither a user postgres nor nobody to run it as: "
            + "start the server as an ordinary user, or name a running PostgreSQL with ConnectionStrings:Postgres.");
    }

    /// <summary>Makes this user the owner of a folder and its content.</summary>
    /// <exception cref="StartupException">The server cannot change the owner.</exception>
    public async Task OwnAsync(string directory, CancellationToken cancellationToken)
    {
        if (Name is null)
            return;

        var change = await Command.RunAsync(null, "chown", ["-R", Name, directory], cancellationToken);
        if (!change.Succeeded)
            throw new StartupException(
                $"The folder {directory} cannot be given to PostgreSQL's user {Name} ({change.Output.Trim()}): "
                + "choose another with EmbeddedPostgres:DataDirectory, or start the server as an ordinary user.");
    }

    /// <summary>Checks that this user can enter a folder.</summary>
    /// <exception cref="StartupException">The user cannot.</exception>
    public async Task CheckFolderAsync(string directory, CancellationToken cancellationToken)
    {
        if (Name is null)
            return;

        var access = await Command.RunAsync(Name, "/bin/sh", ["-c", "cd \"$1\"", "sh", directory], cancellationToken);
        if (!access.Succeeded)
            throw new StartupException(
                $"PostgreSQL runs as the user {Name}, who cannot enter the folder {directory}: "
                + "let all users enter its parent folders, or choose another with EmbeddedPostgres:DataDirectory.");
    }

    /// <summary>Checks that this user can run the programs of PostgreSQL.</summary>
    /// <exception cref="StartupException">The user cannot.</exception>
    public async Task CheckAccessAsync(PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        if (Name is null)
            return;

        var access = await Command.RunAsync(
            Name, "/bin/sh", ["-c", "[ -x \"$1\" ]", "sh", binaries.InitDb], cancellationToken);
        if (!access.Succeeded)
            throw new StartupException(
                $"PostgreSQL runs as the user {Name}, who cannot run the programs in {binaries.Directory}: let all "
                + "users enter its parent folders, or name another folder with EmbeddedPostgres:Binaries.");
    }

    private static async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        (await Command.RunAsync(null, "id", ["-u", name], cancellationToken)).Succeeded;
}
