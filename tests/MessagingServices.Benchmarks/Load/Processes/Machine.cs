
namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe(string folder)
    {
        var processor = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        var disk = new DriveInfo(folder).DriveFormat;
        return $"Machine: {Environment.ProcessorCount} cores, {processor ?? "unknown processor"}, .NET "
            + $"{Environment.Version}, load before {load}, {folder} on {disk}"
            + (disk == "tmpfs"
                ? "\nThat folder lies in memory, where nothing is durable: name one on a disk with TMPDIR." : "");
    }

    public static async Task<string> DescribePostgresAsync(Database database, CancellationToken cancellation)
    {
        List<string> settings = [];
        foreach (var name in (string[])["fsync", "synchronous_commit", "full_page_writes", "shared_buffers"])
            settings.Add($"{name}={await database.ReadAsync<string>($"SHOW {name}", cancellation)}");
        return $"PostgreSQL {await database.ReadAsync<string>("SHOW server_version", cancellation)}: "
            + $"{string.Join(", ", settings)}\n";
    }
}
