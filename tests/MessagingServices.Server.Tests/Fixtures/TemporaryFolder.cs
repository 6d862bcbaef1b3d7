namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>A folder's name that is free until the test takes it; what is there at the end is removed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    // Not within a folder of this process: PostgreSQL's user must get there too.
    public TemporaryFolder(string suffix = "") => Path = System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), "messaging-tests-" + System.IO.Path.GetRandomFileName() + suffix);

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
