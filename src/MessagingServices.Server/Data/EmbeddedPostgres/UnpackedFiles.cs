using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>The files of an archive, with their hashes.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnpackedFiles
{
    private const UnixFileMode Data = UnixFileMode.UserRead | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable =
        Data | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly EnumerationOptions All = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false,
    };

    private readonly Dictionary<string, string> hashes = [];

    /// <summary>Reads the list of the files.</summary>
    /// <param name="list">A line for each file, as <c>sha256sum</c> writes it: hash, two spaces, path.</param>
    /// <exception cref="InvalidDataException">The list is malformed.</exception>
    public UnpackedFiles(string list)
    {
        foreach (var line in list.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split("  ", 2) is not [{ Length: 2 * SHA256.HashSizeInBytes } hash, var path])
                throw new InvalidDataException("its list of hashes is malformed");
            hashes.Add(path, hash);
        }
    }

    /// <summary>
    /// Whether a folder has these files and no others, unchanged, readable for everybody, and writable for its owner
    /// only, who is the user of this process.
    /// </summary>
    public bool AreIn(string folder)
    {
        try
        {
            return Directory.Exists(folder) && UserCache.IsOwned(folder) && HasMode(folder, Executable)
                && HasAll(folder)
                && hashes.AsParallel().All(file => HashOf(Path.Combine(folder, file.Key)) == file.Value);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or AggregateException)
        {
            // A file cannot be read, or has just been removed.
            return false;
        }
    }

    /// <summary>Unpacks the archive to a new folder.</summary>
    /// <exception cref="InvalidDataException">The archive has other files.</exception>
    public void Extract(string archive, string folder)
    {
        CreateDirectory(folder);
        using var file = File.OpenRead(archive);
        using var content = new BrotliStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(content);
        try
        {
            while (tar.GetNextEntry() is { } entry) Extract(entry, folder);
        }
        catch (Exception failure) when (failure is InvalidOperationException or EndOfStreamException)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
    }

    private void Extract(TarEntry entry, string folder)
    {
        if (!hashes.ContainsKey(entry.Name))
            throw new InvalidDataException($"it has a file {entry.Name} that is not in its list");
        var path = Path.Combine(folder, entry.Name);
        CreateParents(folder, entry.Name);
        if (entry.EntryType is TarEntryType.SymbolicLink)
        {
            File.CreateSymbolicLink(path, Path.GetFileName(entry.LinkName));
            return;
        }

        using (var file = new FileStream(path, FileMode.CreateNew)) entry.DataStream?.CopyTo(file);
        File.SetUnixFileMode(path, ModeOf(entry.Name));
    }

    private static void CreateParents(string folder, string path)
    {
        for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
            CreateDirectory(Path.Combine(folder, path[..slash]));
    }

    // PostgreSQL's user must be able to enter it with any umask of root.
    private static void CreateDirectory(string path)
    {
        if (Directory.Exists(path)) return;
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, Executable);
    }

    private bool HasAll(string folder)
    {
        var found = 0;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", All))
        {
            var path = Path.GetRelativePath(folder, entry.FullName);
            if (entry is DirectoryInfo ? entry.LinkTarget is not null : !hashes.ContainsKey(path)) return false;
            if (entry is FileInfo) found++;
            if (entry.LinkTarget is null && !HasMode(entry.FullName, entry is FileInfo ? ModeOf(path) : Executable))
                return false;
        }

        return found == hashes.Count;
    }

    private static bool HasMode(string path, UnixFileMode mode) => File.GetUnixFileMode(path) == mode;

    private static UnixFileMode ModeOf(string path) =>
        path.StartsWith("bin/", StringComparison.Ordinal) ? Executable : Data;

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
