using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>
/// A copy of a new cluster with the migrated database, kept in a cache of the user. A copy of it is ready in a tenth of
/// a second; a cluster from <c>initdb</c> and the migrations takes more than a second.
/// </summary>
/// <param name="directory">The folder of all templates; empty for none.</param>
/// <param name="binaries">A cluster belongs to one installation of PostgreSQL.</param>
/// <param name="schema">The schema of the database in it.</param>
/// <param name="real">Real time.</param>
[UnsupportedOSPlatform("windows")]
internal sealed class ClusterTemplate(string directory, PostgresBinaries binaries, string schema, TimeProvider real)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Prefix = "postgres-";
    private const string Unfinished = ".new-";
    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(30);
    private static readonly TimeSpan UnfinishedWithin = TimeSpan.FromHours(1);

    private readonly string folder = Path.Combine(directory, NameOf(binaries, schema));

    private string Cluster => Path.Combine(folder, "cluster");

    /// <summary>Copies the template to a new folder. False if there is none that can be used.</summary>
    public bool TryCopyTo(string cluster)
    {
        if (directory.Length == 0 || !IsOurs()) return false;
        try
        {
            var isWhole = Copy(Cluster, cluster).ToString() == File.ReadAllText(ContentOf(folder));
            if (isWhole)
            {
                NoteUse();
                return true;
            }

            // Renamed first: half of it must not stay in its place.
            var damaged = folder + Unfinished + Path.GetRandomFileName();
            Directory.Move(folder, damaged);
            Directory.Delete(damaged, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another server may just replace it.
        }

        // The cluster is made without it.
        if (Directory.Exists(cluster)) Directory.Delete(cluster, recursive: true);
        return false;
    }

    /// <summary>
    /// Copies a cluster that does not run. Call <see cref="FinishAsync"/> to make the copy the template; both do
    /// nothing if the cache cannot be written.
    /// </summary>
    /// <returns>The copy; null if there is none.</returns>
    public string? CopyFrom(string cluster)
    {
        if (directory.Length == 0) return null;
        var copy = folder + Unfinished + Path.GetRandomFileName();
        try
        {
            Directory.CreateDirectory(directory, Private);
            if (OthersCanWrite()) return null;
            RemoveUnused();
            var content = Copy(cluster, Path.Combine(copy, "cluster"));
            File.WriteAllText(ContentOf(copy), content.ToString());
            return copy;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(copy)) Directory.Delete(copy, recursive: true);
            return null;
        }
    }

    /// <summary>Makes a copy the template once it is on the disk, and removes templates that are not used.</summary>
    public async Task FinishAsync(string copy)
    {
        // A template that a power failure has damaged would damage every later database.
        await Command.RunAsync(null, "sync", [], CancellationToken.None);
        try
        {
            Directory.Move(copy, folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another server was faster.
            if (Directory.Exists(copy)) Directory.Delete(copy, recursive: true);
        }
    }

    // Another user must not be able to prepare a database for this server.
    private bool IsOurs()
    {
        try
        {
            return File.Exists(ContentOf(folder)) && !OthersCanWrite();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool OthersCanWrite() => UserCache.OthersCanWrite(directory);

    private void NoteUse()
    {
        try
        {
            Directory.SetLastWriteTimeUtc(folder, real.GetUtcNow().UtcDateTime);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A template that this user can only read.
        }
    }

    // Also the copies of servers that ended before they were finished.
    private void RemoveUnused()
    {
        foreach (var other in Directory.GetDirectories(directory, Prefix + "*"))
        {
            var kept = other.Contains(Unfinished, StringComparison.Ordinal) ? UnfinishedWithin : KeptUnused;
            if (real.GetUtcNow() - Directory.GetLastWriteTimeUtc(other) > kept)
                Directory.Delete(other, recursive: true);
        }
    }

    // A file beside the cluster says how much there must be. Without it, the template is not complete.
    private static string ContentOf(string template) => Path.Combine(template, "content");

    private static (int Files, long Bytes) Copy(string from, string to)
    {
        Directory.CreateDirectory(to, Private);
        var (files, bytes) = (0, 0L);
        foreach (var file in new DirectoryInfo(from).EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
            files++;
            bytes += file.Length;
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            var below = Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
            files += below.Files;
            bytes += below.Bytes;
        }

        return (files, bytes);
    }

    private static string NameOf(PostgresBinaries binaries, string schema)
    {
        var program = new FileInfo(binaries.InitDb);
        var key = string.Create(CultureInfo.InvariantCulture,
            $"{binaries.Version}|{program.FullName}|{program.Length}|{program.LastWriteTimeUtc.Ticks}|{schema}");
        return Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];
    }
}
