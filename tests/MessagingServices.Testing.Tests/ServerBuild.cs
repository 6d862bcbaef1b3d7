using System.Runtime.CompilerServices;

namespace MessagingServices.Testing.Tests;

/// <summary>The server that was built together with these tests.</summary>
internal static class ServerBuild
{
    /// <summary>Its program, for a test that starts one of its own.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("MESSAGING_TEST_SERVER") is { Length: > 0 } built
            ? built
            : Path.Combine(
                Repository.Root, "src", "MessagingServices.Server", "bin", Configuration, "net10.0",
                "MessagingServices.Server.dll");

    private static string Configuration =>
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}",
            StringComparison.Ordinal) ? "Debug" : "Release";

    /// <summary>The example names no server: it has the one of the environment, as on a machine of CI.</summary>
    [ModuleInitializer]
    internal static void Use() => Environment.SetEnvironmentVariable("MESSAGING_SERVICES_SERVER", Program);
}

/// <summary>The repository.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MessagingServices.sln"))) return folder.FullName;
        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not in the repository.");
    }
}
