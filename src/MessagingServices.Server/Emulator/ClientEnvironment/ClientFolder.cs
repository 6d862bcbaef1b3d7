namespace MessagingServices.Server.Emulator.ClientEnvironment;

/// <summary>
/// The folder of the files, one for each database: in the data folder of the user that runs this program. Others may
/// read it, and no other user may write it, since programs run what is in there.
/// </summary>
internal static class ClientFolder
{
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute
        | UnixFileMode.OtherExecute;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
        | UnixFileMode.OtherRead;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    // Not the folder of the embedded PostgreSQL, whose user may write there. Root's own folder is closed to others.
    private static string Root => Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
        ? "/var/lib/messaging-services-clients"
        : Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "messaging-services", "clients");

    /// <summary>The folder for the files of a CA.</summary>
    /// <param name="fingerprint">That of the CA.</param>
    public static string Of(string fingerprint) => Path.Combine(Root, fingerprint);

    /// <summary>Writes the files that are missing or different. Readers see whole files only.</summary>
    /// <exception cref="IOException">It cannot be written, or others may write it.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public static void Write(string folder, IEnumerable<ClientFile> files)
    {
        Create(Path.GetDirectoryName(folder)!);
        Create(folder);
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Name);
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(file.Content)) continue;
            var draft = Path.Combine(folder, $".{file.Name}.{Environment.ProcessId}");
            File.WriteAllBytes(draft, file.Content);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(draft, FileMode);
            File.Move(draft, path, overwrite: true);
        }
    }

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, FolderMode);
        // Who owns it could change this, so a foreign folder fails here.
        if (new DirectoryInfo(folder).LinkTarget is not null) throw new IOException($"{folder} is a link");
        if ((File.GetUnixFileMode(folder) & WritableByOthers) != 0 || File.GetUnixFileMode(folder) != FolderMode)
            File.SetUnixFileMode(folder, FolderMode);
    }
}
