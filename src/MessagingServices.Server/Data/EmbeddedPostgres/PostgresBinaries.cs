using System.Globalization;
using System.Text.RegularExpressions;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>The programs of one PostgreSQL server.</summary>
internal sealed partial class PostgresBinaries
{
    private static readonly string[] Programs = ["initdb", "postgres", "pg_ctl"];

    private PostgresBinaries(string directory, Match version)
    {
        Directory = directory;
        Version = version.Groups["version"].Value;
        MajorVersion = int.Parse(version.Groups["major"].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>The folder of the programs.</summary>
    public string Directory { get; }

    /// <summary>The whole version, such as <c>18.4</c>.</summary>
    public string Version { get; }

    /// <summary>The major version of PostgreSQL. Only programs of the same major version can run a cluster.</summary>
    public int MajorVersion { get; }

    internal string InitDb => Path.Combine(Directory, "initdb");

    internal string PgCtl => Path.Combine(Directory, "pg_ctl");

    /// <summary>Whether a folder has the programs, although they may not run.</summary>
    public static bool AreIn(string directory) =>
        Programs.All(program => File.Exists(Path.Combine(directory, program)));

    /// <summary>Runs the program in a folder that has all of them, to see its version.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="failure">What the program printed instead of its version; else null.</param>
    /// <returns>Null when it does not run.</returns>
    public static PostgresBinaries? Read(string directory, out string? failure)
    {
        var result = Command.Run(Path.Combine(directory, "postgres"), "--version");
        var match = VersionOutput.Match(result.Output);
        failure = match.Success ? null : result.Output.Trim().Split('\n')[0].TrimEnd('.');
        return match.Success ? new PostgresBinaries(directory, match) : null;
    }

    [GeneratedRegex(@"^postgres \(PostgreSQL\) (?<version>(?<major>\d+)[\w.]*)")]
    private static partial Regex VersionOutput { get; }
}
