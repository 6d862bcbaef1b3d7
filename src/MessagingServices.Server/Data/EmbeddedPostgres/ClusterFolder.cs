using System.Runtime.Versioning;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>
/// The folder of an embedded PostgreSQL. This process owns it exclusively until it disposes the object or ends. The
/// folder contains <c>owner.lock</c>, <c>owner</c> (which server has claimed it last), <c>postgresql.conf</c>,
/// <c>cluster/</c> (PostgreSQL's data) and <c>run/</c> (socket and log).
/// </summary>
internal sealed class ClusterFolder : IDisposable
{
    private const string LockFile = "owner.lock";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Traversable =
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly FileStream ownership;

    [UnsupportedOSPlatform("windows")]
    private ClusterFolder(string root)
    {
        Root = root;
        ownership = Lock(root);
    }

    public string Root { get; }

    public string Cluster => ClusterOf(Root);

    public string Run => Path.Combine(Root, "run");

    public string Log => Path.Combine(Run, "postgres.log");

    public string Settings => Path.Combine(Root, "postgresql.conf");

    /// <summary>PostgreSQL's data in a folder.</summary>
    public static string ClusterOf(string root) => Path.Combine(root, "cluster");

    /// <summary>Makes this process the owner of a folder. Creates the folder if it does not exist.</summary>
    /// <exception cref="StartupException">
    /// Another server owns the folder, it contains foreign files, or the server cannot write to it.
    /// </exception>
    [UnsupportedOSPlatform("windows")]
    public static ClusterFolder Claim(string directory)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        try
        {
            if (!Directory.Exists(root))
            {
                Directory.CreateDirectory(root);
                // PostgreSQL's user must pass through this folder with any umask of root. Private data is in
                // subfolders.
                if (Environment.IsPrivilegedProcess)
                    File.SetUnixFileMode(root, Private | Traversable);
            }
            else if (HasForeignFiles(root))
            {
                throw new StartupException(
                    $"The folder {root} is not empty and was not made by this program: choose a new or empty one "
                    + "with EmbeddedPostgres:DataDirectory.");
            }

            return new ClusterFolder(root);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The folder {root} for the embedded PostgreSQL cannot be written ({exception.Message.TrimEnd('.')}): "
                + "choose another with EmbeddedPostgres:DataDirectory.",
                exception);
        }
    }

    /// <summary>Creates a subfolder that only its owner may enter. Keeps an existing subfolder.</summary>
    [UnsupportedOSPlatform("windows")]
    public string CreatePrivate(string path) => Directory.CreateDirectory(Path.Combine(Root, path), Private).FullName;

    /// <summary>Releases the folder, so that another server can own it.</summary>
    public void Dispose() => ownership.Dispose();

    private static bool HasForeignFiles(string root)
    {
        var names = Directory.EnumerateFileSystemEntries(root)
            .Select(Path.GetFileName).Where(name => name != "lost+found").ToList();
        return names.Count > 0 && !names.Contains(LockFile);
    }

    // The kernel releases this lock when the process ends for any reason. Child processes do not inherit it.
    [UnsupportedOSPlatform("windows")]
    private static FileStream Lock(string root)
    {
        try
        {
            return new FileStream(Path.Combine(root, LockFile), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException exception) when (IsHeldByAnother(exception))
        {
            throw new StartupException(
                $"Another server is running on the folder {root}: stop it, or give this one its own with "
                + "EmbeddedPostgres:DataDirectory, or let both use one PostgreSQL with ConnectionStrings:Postgres.",
                exception);
        }
    }

    /// <summary>Whether a file could not be opened because another process has locked it.</summary>
    // EWOULDBLOCK is 11 on Linux and 35 on macOS.
    internal static bool IsHeldByAnother(IOException exception) => exception.HResult is 11 or 35;
}
