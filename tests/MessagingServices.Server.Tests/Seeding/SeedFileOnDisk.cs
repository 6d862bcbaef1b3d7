namespace MessagingServices.Server.Tests.Seeding;

/// <summary>A seed in a temporary file.</summary>
internal sealed class SeedFileOnDisk : IDisposable
{
    public SeedFileOnDisk(string json) => File.WriteAllText(Path, json);

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
