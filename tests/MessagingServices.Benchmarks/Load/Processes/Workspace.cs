using System.Diagnostics;

namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>A temporary folder for databases and scripts; gone at the end, whatever that end is.</summary>
internal sealed class Workspace : IDisposable
{
    private int names;

    public Workspace()
    {
        Path = Directory.CreateTempSubdirectory("messaging-bench-").FullName;
        // PostgreSQL's user must get through when this runs as root.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
    }

    public string Path { get; }

    /// <summary>A path that nothing has.</summary>
    public string NewPath(string name) => System.IO.Path.Combine(Path, $"{name}{++names}");

    /// <summary>Removes what is in it.</summary>
    public void Clear()
    {
        foreach (var folder in Directory.GetDirectories(Path)) Delete(folder);
        foreach (var file in Directory.GetFiles(Path)) File.Delete(file);
    }

    public void Dispose() => Delete(Path);

    // A PostgreSQL that has just been killed still removes files of its own.
    private static void Delete(string folder)
    {
        using var remove = Process.Start("rm", ["-rf", folder]);
        remove.WaitForExit();
    }
}
