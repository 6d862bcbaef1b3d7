namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All hand-written C# files below a folder.</summary>
    public static IEnumerable<SourceFile> Sources(params string[] folders) =>
        from folder in folders
        from path in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
            && !name.Contains("/Migrations/", StringComparison.Ordinal)
            && !name.Contains("/CompiledModel/", StringComparison.Ordinal)
        select new SourceFile(name, File.ReadAllText(path));

    /// <summary>The project file of a project in <c>src</c>.</summary>
    public static SourceFile Project(string name)
    {
        var path = $"src/{name}/{name}.csproj";
        return new(path, File.ReadAllText(Path.Combine(Root, path)));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null
            && !File.Exists(Path.Combine(folder.FullName, "MessagingServices.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}

/// <summary>A source file.</summary>
/// <param name="Name">Its path from the root, with slashes.</param>
/// <param name="Text">What it holds.</param>
internal sealed record SourceFile(string Name, string Text);
