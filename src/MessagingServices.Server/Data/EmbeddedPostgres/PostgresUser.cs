namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>The user PostgreSQL's programs run as. PostgreSQL refuses to run as root, so there it is an ordinary user.</summary>
internal sealed class PostgresUser
{
    private static readonly string[] OrdinaryUsers = ["postgres", "_postgres", "nobody"];

    private PostgresUser(string? name) => Name = name;

    /// <summary>The user's name; null is the user of the server itself.</summary>
    public string? Name { get; }

    /// <summary>The user for a new cluster, or the one that an existing cluster belongs to.</summary>
    public static async Task<PostgresUser> ChooseAsync(string? clusterDirectory, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return new PostgresUser(null);

        if (Directory.Exists(clusterDirectory))
        {
            var listing = await Command.RunAsync(null, "ls", ["-ld", clusterDirectory], cancellationToken);
            var owner = listing.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(2);
            if (owner is not null and not "root" && await ExistsAsync(owner, cancellationToken))
                return new PostgresUser(owner);
        }

        foreach (var name in OrdinaryUsers)
        {
            if (!await ExistsAsync(name, cancellationToken))
                continue;
            var user = new PostgresUser(name);
            // A restored backup, or a volume of another machine: its owner is root, or nobody known here.
            if (Directory.Exists(clusterDirectory))
                await user.OwnAsync(clusterDirectory, cancellationToken);
            return user;
        }

        throw new StartupException(
            "PostgreSQL refuses to run as root and there is neither a user postgres nor nobody to run it as: "
            + "start the server as an ordinary user, or name a running PostgreSQL with ConnectionStrings:Postgres.");
    }

    /// <summary>Hands a folder, with everything in it, to this user and checks that the user can reach it.</summary>
    public async Task OwnAsync(string directory, CancellationToken cancellationToken)
    {
        if (Name is null)
            return;

        var handing = await Command.RunAsync(null, "chown", ["-R", Name, directory], cancellationToken);
        if (!handing.Succeeded)
            throw new StartupException(
                $"The folder {directory} cannot be given to the user {Name}, as which PostgreSQL runs ({handing.Output.Trim()}): "
                + "choose another with EmbeddedPostgres:DataDirectory, or start the server as an ordinary user.");

        var reaching = await Command.RunAsync(Name, "/bin/sh", ["-c", "cd \"$1\"", "sh", directory], cancellationToken);
        if (!reaching.Succeeded)
            throw new StartupException(
                $"PostgreSQL runs as the user {Name}, who cannot reach the folder {directory}: let everybody enter the folders above it, "
                + "or choose another with EmbeddedPostgres:DataDirectory.");
    }

    // A number is the owner that ls cannot name.
    private static async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        !char.IsAsciiDigit(name[0]) && (await Command.RunAsync(null, "id", ["-u", name], cancellationToken)).Succeeded;
}
