using System.Globalization;
using System.Text.RegularExpressions;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>The programs of one installed PostgreSQL server.</summary>
internal sealed partial class PostgresBinaries
{
    private static readonly string[] Programs = ["initdb", "postgres", "pg_ctl"];

    private PostgresBinaries(string directory, int majorVersion)
    {
        Directory = directory;
        MajorVersion = majorVersion;
    }

    /// <summary>The folder of the programs.</summary>
    public string Directory { get; }

    /// <summary>The major version of PostgreSQL. Only programs of the same major version can run a cluster.</summary>
    public int MajorVersion { get; }

    internal string InitDb => Path.Combine(Directory, "initdb");

    internal string PgCtl => Path.Combine(Directory, "pg_ctl");

    /// <summary>Finds the installation in <c>PATH</c>, or otherwise the newest one of the operating system.</summary>
    /// <exception cref="StartupException">No PostgreSQL server is installed.</exception>
    public static PostgresBinaries Find() => FindAll().FirstOrDefault() ?? throw new StartupException(
        "No PostgreSQL server was found (initdb, postgres and pg_ctl in PATH, /usr/lib/postgresql/*/bin or Homebrew): "
        + "install one (\"apt install postgresql\", \"brew install postgresql\") "
        + "or name a running one with ConnectionStrings:Postgres.");

    /// <summary>Finds the installation that can run an existing cluster of the given major version.</summary>
    /// <exception cref="StartupException">No PostgreSQL server of this version is installed.</exception>
    internal static PostgresBinaries FindForCluster(int majorVersion, string dataDirectory) =>
        FindAll().FirstOrDefault(found => found.MajorVersion == majorVersion) ?? throw new StartupException(
            $"The folder {dataDirectory} holds the database of a PostgreSQL {majorVersion}, "
            + $"but installed is {Find().MajorVersion}: install PostgreSQL {majorVersion}, "
            + "or give the server a new folder with EmbeddedPostgres:DataDirectory.");

    private static IEnumerable<PostgresBinaries> FindAll() =>
        from directory in FromPath().Concat(FromOperatingSystem())
        where Programs.All(program => File.Exists(Path.Combine(directory, program)))
        let majorVersion = ReadMajorVersion(directory)
        where majorVersion > 0
        select new PostgresBinaries(directory, majorVersion);

    private static IEnumerable<string> FromPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathRooted);

    private static IEnumerable<string> FromOperatingSystem() =>
        from place in new (string Folder, string Pattern)[]
        {
            ("/usr/lib/postgresql", "*"),
            ("/opt/homebrew/opt", "postgresql*"),
            ("/usr/local/opt", "postgresql*"),
        }
        where System.IO.Directory.Exists(place.Folder)
        from version in System.IO.Directory.GetDirectories(place.Folder, place.Pattern).OrderByDescending(VersionInName)
        select Path.Combine(version, "bin");

    // Names are "17" or "postgresql@17". Homebrew's link without a version counts as 0 and sorts last.
    private static int VersionInName(string directory) =>
        int.TryParse(Path.GetFileName(directory).Split('@')[^1], CultureInfo.InvariantCulture, out var version)
            ? version
            : 0;

    private static int ReadMajorVersion(string directory)
    {
        var result = Command.Run(Path.Combine(directory, "postgres"), "--version");
        return VersionOutput.Match(result.Output) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : 0;
    }

    [GeneratedRegex(@"^postgres \(PostgreSQL\) (\d+)")]
    private static partial Regex VersionOutput { get; }
}
