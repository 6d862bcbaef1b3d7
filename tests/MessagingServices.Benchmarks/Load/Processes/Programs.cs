using MessagingServices.Server.Data.EmbeddedPostgres;

namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>Programs of others that the benchmarks use.</summary>
internal static class Programs
{
    /// <summary>PostgreSQL's own benchmark, of the installation that the server runs.</summary>
    /// <exception cref="LoadSkipped">It is missing.</exception>
    public static async Task<string> FindPgbenchAsync(CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows()) return Find("pgbench");
        var installed = await PostgresSearch.Of(new(), TimeProvider.System).FindAsync(cancellation);
        var pgbench = Path.Combine(installed.Directory, "pgbench");
        return File.Exists(pgbench) ? pgbench : Find("pgbench");
    }

    /// <summary>A program of <c>PATH</c>.</summary>
    /// <exception cref="LoadSkipped">It is missing.</exception>
    public static string Find(string name) => FindIn(Environment.GetEnvironmentVariable("PATH") ?? "", name)
        ?? throw new LoadSkipped($"{name} is missing: install it and try again.");

    public static string? FindIn(string path, string name) =>
        path.Split(Path.PathSeparator).Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
