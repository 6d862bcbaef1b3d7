using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>
/// The PostgreSQL that is packed with the server, as an archive beside the program. It is unpacked once for each user,
/// into a cache, and every start compares the unpacked files with the hashes that lie beside the archive.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class PostgresArchive
{
    private const string Ending = ".tar.br";
    private const string LockFile = "unpack.lock";
    private const string Unfinished = ".new-";
    private static readonly TimeSpan OthersUnpackWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly string path;
    private readonly string cache;
    private readonly TimeProvider real;

    private PostgresArchive(string path, Match name, string cache, TimeProvider real)
    {
        this.path = path;
        this.cache = Path.Combine(cache, "binaries");
        this.real = real;
        Version = name.Groups["version"].Value;
        MajorVersion = int.Parse(name.Groups["major"].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>The version of PostgreSQL, such as <c>18.4</c>.</summary>
    public string Version { get; }

    /// <summary>The major version of PostgreSQL.</summary>
    public int MajorVersion { get; }

    /// <summary>Finds the archive for this platform.</summary>
    /// <param name="folder">The folder of the archive.</param>
    /// <param name="cache">The folder of the user's cached files.</param>
    /// <param name="real">Real time.</param>
    /// <returns>Null if there is none.</returns>
    public static PostgresArchive? Find(string folder, string cache, TimeProvider real) =>
        (from path in Directory.EnumerateFiles(folder, $"postgres-*-{Platform}{Ending}")
         let name = Name.Match(Path.GetFileName(path))
         where name.Success
         select new PostgresArchive(path, name, cache, real)).FirstOrDefault();

    /// <summary>Unpacks the archive unless that is done, and returns its programs.</summary>
    /// <exception cref="StartupException">
    /// The archive is damaged, the cache cannot be written or belongs to another user, or the programs do not run here.
    /// </exception>
    public async Task<PostgresBinaries> UnpackAsync(CancellationToken cancellationToken)
    {
        try
        {
            var list = await ReadListAsync(cancellationToken);
            var files = new UnpackedFiles(list);
            var folder = Path.Combine(cache, $"{Version}-{HashOf(list)}");
            UserCache.Create(cache);
            if (!files.AreIn(folder))
            {
                using var turn = await WaitForTurnAsync(cancellationToken);
                RemoveUnfinished();
                if (!files.AreIn(folder)) Unpack(files, folder);
            }

            var programs = Path.Combine(folder, "bin");
            return PostgresBinaries.Read(programs, out var failure) ?? throw new StartupException(
                $"The PostgreSQL that is packed with the server does not run on this system ({failure}): install "
                + "another one, or name a running one with ConnectionStrings:Postgres.");
        }
        catch (InvalidDataException damage)
        {
            throw new StartupException(
                $"The file {path} is damaged ({damage.Message.TrimEnd('.')}): install the server again.", damage);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The PostgreSQL that is packed with the server cannot be unpacked in {cache} "
                + $"({failure.Message.TrimEnd('.')}): remove the cause, choose another folder with XDG_CACHE_HOME, or "
                + "name an installed PostgreSQL with EmbeddedPostgres:Binaries.", failure);
        }
    }

    private async Task<string> ReadListAsync(CancellationToken cancellationToken)
    {
        var list = $"{path[..^Ending.Length]}.sha256";
        return File.Exists(list)
            ? await File.ReadAllTextAsync(list, cancellationToken)
            : throw new InvalidDataException($"there is no {list}");
    }

    // Only the whole folder gets the final name.
    private void Unpack(UnpackedFiles files, string folder)
    {
        var unfinished = folder + Unfinished + Path.GetRandomFileName();
        files.Extract(path, unfinished);
        if (!files.AreIn(unfinished)) throw new InvalidDataException("its content is not what it should be");
        // Renamed first: half of it must not stay in its place.
        if (Directory.Exists(folder)) Directory.Move(folder, folder + Unfinished + Path.GetRandomFileName());
        Directory.Move(unfinished, folder);
        RemoveUnfinished();
    }

    // Those of servers that were killed: whoever unpacks now is alone.
    private void RemoveUnfinished()
    {
        foreach (var unfinished in Directory.GetDirectories(cache, $"*{Unfinished}*"))
            Directory.Delete(unfinished, recursive: true);
    }

    // The kernel releases the lock when the process ends for any reason.
    private async Task<FileStream> WaitForTurnAsync(CancellationToken cancellationToken)
    {
        var start = real.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(cache, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException failure) when (ClusterFolder.IsHeldByAnother(failure)
                && real.GetElapsedTime(start) < OthersUnpackWithin)
            {
                await Task.Delay(RetryDelay, real, cancellationToken);
            }
        }
    }

    private static string HashOf(string list) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)))[..16];

    /// <summary>The name of this platform in the name of an archive, such as <c>linux-x64</c>.</summary>
    internal static string Platform =>
        (OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsLinux() ? "linux" : "other")
        + $"-{RuntimeInformation.ProcessArchitecture}".ToLowerInvariant();

    [GeneratedRegex(@"^postgres-(?<version>(?<major>\d+)\.\d+)-")]
    private static partial Regex Name { get; }
}
