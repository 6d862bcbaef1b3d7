using System.Globalization;
using System.Runtime.Versioning;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>Creates the PostgreSQL cluster of a folder, or uses the existing one.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ClusterCreation(
    ClusterFolder folder, PostgresUser user, PostgresSearch search, bool ephemeral,
    Func<PostgresBinaries, ClusterTemplate> templateOf)
{
    private const string UnfinishedPrefix = "cluster.new-";

    /// <summary>
    /// The template that a new cluster lacked: make one of the cluster once it is migrated. Null for others.
    /// </summary>
    public ClusterTemplate? MissingTemplate { get; private set; }

    /// <summary>The programs that run the cluster; null until they are found.</summary>
    public PostgresBinaries? Binaries { get; private set; }

    /// <summary>Creates the cluster if the folder has none, and returns the programs that can run it.</summary>
    public async Task<PostgresBinaries> EnsureAsync(CancellationToken cancellationToken)
    {
        DeleteUnfinished();
        if (Directory.Exists(folder.Cluster))
            return Binaries = await search.FindForClusterAsync(ReadMajorVersion(), folder.Root, cancellationToken);

        Binaries = await search.FindAsync(cancellationToken);
        await InitialiseAsync(Binaries, cancellationToken);
        return Binaries;
    }

    private int ReadMajorVersion()
    {
        var file = Path.Combine(folder.Cluster, "PG_VERSION");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new StartupException(
                $"The folder {folder.Cluster} is damaged (it has no readable PG_VERSION): restore it from a backup, "
                + $"or remove it to start with an empty database.");
    }

    // Only a complete cluster gets the final name. After a killed initdb, the next start creates the cluster again.
    private async Task InitialiseAsync(PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        var template = templateOf(binaries);
        var unfinished = Path.Combine(folder.Root, UnfinishedPrefix + Path.GetRandomFileName());
        if (template.TryCopyTo(unfinished))
        {
            await user.OwnAsync(unfinished, cancellationToken);
            await FinishAsync(unfinished, cancellationToken);
            return;
        }

        MissingTemplate = template;
        folder.CreatePrivate(unfinished);
        await user.OwnAsync(unfinished, cancellationToken);
        string[] arguments =
        [
            "-D", unfinished, "-U", "postgres", "--encoding=UTF8", "--locale=C",
            "--auth-local=trust", "--auth-host=reject",
            .. ephemeral ? new[] { "--no-sync" } : [],
        ];
        var result = await Command.RunAsync(user.Name, binaries.InitDb, arguments, cancellationToken);
        if (!result.Succeeded)
            throw new StartupException(
                $"PostgreSQL could not create its database in {folder.Root} ({FindError(result.Output)}): "
                + "remove the cause, or choose another folder with EmbeddedPostgres:DataDirectory.");

        await FinishAsync(unfinished, cancellationToken);
    }

    private async Task FinishAsync(string unfinished, CancellationToken cancellationToken)
    {
        Directory.Move(unfinished, folder.Cluster);
        // Without the sync, a power failure could undo the copy and the rename after the server has accepted messages.
        if (!ephemeral) await Command.RunAsync(null, "sync", ["-f", folder.Root], cancellationToken);
    }

    private void DeleteUnfinished()
    {
        foreach (var unfinished in Directory.GetDirectories(folder.Root, UnfinishedPrefix + "*"))
        {
            try
            {
                Directory.Delete(unfinished, recursive: true);
            }
            catch (IOException)
            {
                // The initdb of a killed server still uses the folder. The next start removes it.
            }
        }
    }

    private static string FindError(string output) =>
        output.Split('\n').LastOrDefault(line => line.Contains("error:", StringComparison.Ordinal)
            || line.Contains("FATAL:", StringComparison.Ordinal)) ?? output.Trim();
}
