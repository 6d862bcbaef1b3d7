using System.Globalization;
using System.Runtime.Versioning;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>
/// Finds the PostgreSQL that the server runs: the one that the configuration names, else the first in <c>PATH</c>, else
/// the newest of the operating system, else the one that is packed with the server.
/// </summary>
/// <param name="named">A folder, or <see cref="EmbeddedPostgresOptions.Bundled"/>; null or empty for none.</param>
/// <param name="installed">The folders in which one may be installed, the preferred first.</param>
/// <param name="archive">The one that is packed with the server; null if there is none for this platform.</param>
[UnsupportedOSPlatform("windows")]
internal sealed class PostgresSearch(string? named, IEnumerable<string> installed, PostgresArchive? archive)
{
    private const string Setting = "EmbeddedPostgres:Binaries";

    private Task<PostgresBinaries>? unpacking;

    /// <summary>Searches this machine.</summary>
    /// <param name="options">What the configuration names.</param>
    /// <param name="real">Real time.</param>
    public static PostgresSearch Of(EmbeddedPostgresOptions options, TimeProvider real) => new(
        options.Binaries?.Trim(), FromPath().Concat(FromOperatingSystem()),
        PostgresArchive.Find(AppContext.BaseDirectory, EmbeddedPostgresOptions.CacheDirectory, real));

    /// <summary>Finds the one for a new cluster.</summary>
    /// <exception cref="StartupException">There is none.</exception>
    public async Task<PostgresBinaries> FindAsync(CancellationToken cancellationToken)
    {
        if (IsFolderNamed) return ReadNamed();
        if (FindInstalled().FirstOrDefault() is { } found) return found;
        return archive is not null ? await UnpackAsync(archive, cancellationToken) : throw new StartupException(
            named == EmbeddedPostgresOptions.Bundled
                ? $"{Setting} is {EmbeddedPostgresOptions.Bundled}, but no PostgreSQL for this platform is packed with "
                    + "the server: remove the setting, or name the folder that holds initdb."
                : "No PostgreSQL server was found (initdb, postgres and pg_ctl in PATH, /usr/lib/postgresql/*/bin or "
                    + "Homebrew): install one (\"apt install postgresql\", \"brew install postgresql\"), name its "
                    + $"folder with {Setting}, or name a running one with ConnectionStrings:Postgres.");
    }

    /// <summary>Finds the one that can run an existing cluster.</summary>
    /// <param name="majorVersion">The version that made the cluster.</param>
    /// <param name="dataDirectory">The folder, for the message.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="StartupException">There is none of this version.</exception>
    public async Task<PostgresBinaries> FindForClusterAsync(
        int majorVersion, string dataDirectory, CancellationToken cancellationToken)
    {
        IEnumerable<PostgresBinaries> candidates = IsFolderNamed ? [ReadNamed()] : FindInstalled();
        var versions = new List<int>();
        foreach (var candidate in candidates)
        {
            if (candidate.MajorVersion == majorVersion) return candidate;
            versions.Add(candidate.MajorVersion);
        }

        if (!IsFolderNamed && archive is not null)
        {
            if (archive.MajorVersion == majorVersion) return await UnpackAsync(archive, cancellationToken);
            versions.Add(archive.MajorVersion);
        }

        var present = versions.Count > 0
            ? $"but here is PostgreSQL {string.Join(" and ", versions.Distinct())}"
            : "and no PostgreSQL was found";
        throw new StartupException(
            $"The folder {dataDirectory} holds the database of a PostgreSQL {majorVersion}, {present}: name the folder "
            + $"of the programs of PostgreSQL {majorVersion} with {Setting}, move the data as docs/deployment.md says "
            + "under \"Another version of PostgreSQL\", or give the server a new folder with "
            + "EmbeddedPostgres:DataDirectory.");
    }

    // A throw-away cluster needs it before and after its folder is made, and the files are compared only once.
    private Task<PostgresBinaries> UnpackAsync(PostgresArchive packed, CancellationToken cancellationToken) =>
        unpacking ??= packed.UnpackAsync(cancellationToken);

    private bool IsFolderNamed => !string.IsNullOrEmpty(named) && named != EmbeddedPostgresOptions.Bundled;

    private PostgresBinaries ReadNamed()
    {
        var folder = Path.GetFullPath(named!);
        if (!PostgresBinaries.AreIn(folder))
            throw new StartupException(
                $"{Setting} is '{named}', which is no folder with initdb, postgres and pg_ctl: name the folder that "
                + "holds them, such as /usr/lib/postgresql/18/bin.");
        return PostgresBinaries.Read(folder, out var failure) ?? throw new StartupException(
            $"{Setting} is '{named}', and the programs there do not run here ({failure}): name another folder.");
    }

    private IEnumerable<PostgresBinaries> FindInstalled() =>
        named == EmbeddedPostgresOptions.Bundled ? [] : installed.Where(PostgresBinaries.AreIn)
            .Select(folder => PostgresBinaries.Read(folder, out _)).OfType<PostgresBinaries>();

    private static IEnumerable<string> FromPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathRooted);

    private static IEnumerable<string> FromOperatingSystem() =>
        from place in new (string Folder, string Pattern)[]
        {
            ("/usr/lib/postgresql", "*"),
            ("/opt/homebrew/opt", "postgresql*"),
            ("/usr/local/opt", "postgresql*"),
        }
        where Directory.Exists(place.Folder)
        from version in Directory.GetDirectories(place.Folder, place.Pattern).OrderByDescending(VersionInName)
        select Path.Combine(version, "bin");

    // Names are "17" or "postgresql@17". Homebrew's link without a version counts as 0 and sorts last.
    private static int VersionInName(string directory) =>
        int.TryParse(Path.GetFileName(directory).Split('@')[^1], CultureInfo.InvariantCulture, out var version)
            ? version
            : 0;
}
