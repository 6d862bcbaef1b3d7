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

    /// <summary>The folder that holds the programs.</summary>
    public string Directory { get; }

    /// <summary>PostgreSQL's major version; a cluster can only be run by programs of the version that made it.</summary>
    public int MajorVersion { get; }

    internal string InitDb => Path.Combine(Directory, "initdb");

    internal string PgCtl => Path.Combine(Directory, "pg_ctl");

    /// <summary>The preferred installation: that of <c>PATH</c>, else the newest known to the operating system.</summary>
    /// <exception cref="StartupException">No PostgreSQL server is installed.</exception>
    public static PostgresBinaries Find() => FindAll().FirstOrDefault() ?? throw new StartupException(
        "No PostgreSQL server was found (initdb, postgres and pg_ctl in PATH, /usr/lib/postgresql/*/bin or Homebrew): install one "
        + "(\"apt install postgresql\", \"brew install postgresql\") or name a running one with ConnectionStrings:Postgres.");

    /// <summary>The installation that can run an existing cluster of the given major version.</summary>
    /// <exception cref="StartupException">No PostgreSQL server is installed, or only others.</exception>
    internal static PostgresBinaries FindForCluster(int majorVersion, string dataDirectory) =>
        FindAll().FirstOrDefault(found => found.MajorVersion == majorVersion) ?? throw new StartupException(
            $"The folder {dataDirectory} holds the database of a PostgreSQL {majorVersion}, but installed is {Find().MajorVersion}: "
            + $"install PostgreSQL {majorVersion}, or give the server a new folder with EmbeddedPostgres:DataDirectory.");

    private static IEnumerable<PostgresBinaries> FindAll() =>
        from directory in FromPath().Concat(FromOperatingSystem())
        where Programs.All(program => File.Exists(Path.Combine(directory, program)))
        let majorVersion = ReadMajorVersion(directory)
        where majorVersion > 0
        select new PostgresBinaries(directory, majorVersion);

    private static IEnumerable<string> FromPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathRooted);

    private static IEnumerable<string> FromOperatingSystem() =>
        from place in new[] { ("/usr/lib/postgresql", "*"), ("/opt/homebrew/opt", "postgresql*"), ("/usr/local/opt", "postgresql*") }
        where System.IO.Directory.Exists(place.Item1)
        from version in System.IO.Directory.GetDirectories(place.Item1, place.Item2).OrderByDescending(VersionInName)
        select Path.Combine(version, "bin");

    // "17", "postgresql@17"; Homebrew's unversioned link sorts last.
    private static int VersionInName(string directory) =>
        int.TryParse(Path.GetFileName(directory).Split('@')[^1], CultureInfo.InvariantCulture, out var version) ? version : 0;

    private static int ReadMajorVersion(string directory)
    {
        var answer = Command.Run(Path.Combine(directory, "postgres"), "--version");
        return VersionAnswer.Match(answer.Output) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : 0;
    }

    [GeneratedRegex(@"^postgres \(PostgreSQL\) (\d+)")]
    private static partial Regex VersionAnswer { get; }
}
