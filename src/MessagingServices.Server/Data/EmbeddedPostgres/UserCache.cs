using System.Runtime.Versioning;

namespace MessagingServices.Server.Data.EmbeddedPostgres;

/// <summary>Folders of the user's cache, in which no other user can prepare something for this server.</summary>
[UnsupportedOSPlatform("windows")]
internal static class UserCache
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Creates a folder and its parents. Keeps existing ones.</summary>
    /// <exception cref="UnauthorizedAccessException">
    /// The folder exists and belongs to another user, or other users can write it.
    /// </exception>
    public static void Create(string directory)
    {
        var parent = Path.GetDirectoryName(directory);
        foreach (var folder in new[] { parent, directory }.OfType<string>())
        {
            if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, Private);
            // PostgreSQL's user, who is not root, must pass through.
            if (Environment.IsPrivilegedProcess && IsOwned(folder))
                File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | Passable);
        }

        if (OthersCanWrite(directory) || !IsOwned(directory))
            throw new UnauthorizedAccessException("Another user can write there");
    }

    /// <summary>Whether other users can write the folder, except root.</summary>
    public static bool OthersCanWrite(string directory) =>
        (File.GetUnixFileMode(directory) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;

    /// <summary>Whether the folder belongs to the user of this process.</summary>
    public static bool IsOwned(string directory) =>
        Command.Run("/bin/sh", "-c", "[ -O \"$1\" ]", "sh", directory).Succeeded;
}
