namespace MessagingServices.Benchmarks.Load.Processes;

/// <summary>The checkout that this was built in.</summary>
internal static class Repository
{
    /// <summary>A path within it.</summary>
    public static string PathTo(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MessagingServices.sln"))) folder =
            folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new LoadFailure("The benchmarks run outside of the repository."),
            path);
    }
}
