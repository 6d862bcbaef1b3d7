using System.Reflection;
using System.Text.Json;

namespace MessagingServices.Testing.Servers;

/// <summary>A program with the arguments that begin its command line.</summary>
/// <param name="Program">Its path, or its name in the <c>PATH</c>.</param>
/// <param name="Arguments">Its first arguments.</param>
/// <param name="Folder">Where it runs; null: in the current folder.</param>
internal sealed record ServerCommand(string Program, IReadOnlyList<string> Arguments, string? Folder = null)
{
    private const string Package = "MessagingServices";
    private const string Tool = "messaging-services";

    /// <summary>The version of this library, which is that of the server.</summary>
    private static readonly string Version = typeof(ServerCommand).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Dotnet =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } running && File.Exists(running)
        ? running : "dotnet";

    /// <summary>Finds the program to start.</summary>
    /// <param name="server">What the options name.</param>
    /// <param name="folder">The current folder.</param>
    public static ServerCommand Find(string? server, string folder)
    {
        if (string.IsNullOrWhiteSpace(server))
        {
            return ManifestFolder(folder) is { } own
                ? new(Dotnet, ["tool", "run", Tool, "--"], own)
                : new(Dotnet, ["dnx", $"{Package}@{Version}", "--yes", "--"]);
        }

        if (server.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        {
            return File.Exists(server)
                ? new(Dotnet, [Path.GetFullPath(server)])
                : throw new EmulatorException($"{Path.GetFullPath(server)}, the server to start, is missing.");
        }

        if (File.Exists(server)) return new(Path.GetFullPath(server), []);
        var words = server.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(words[0], words[1..]);
    }

    /// <summary>The command line, for people.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program));

    /// <summary>The folder of the tool manifest that has the server; null when none has it.</summary>
    private static string? ManifestFolder(string folder)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
        {
            foreach (var path in new[] { "dotnet-tools.json", Path.Combine(".config", "dotnet-tools.json") })
            {
                var file = Path.Combine(parent.FullName, path);
                if (!File.Exists(file)) continue;
                var (has, isRoot) = ReadManifest(file);
                if (has) return parent.FullName;
                if (isRoot) return null;
            }
        }

        return null;
    }

    private static (bool HasServer, bool IsRoot) ReadManifest(string file)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file));
            var has = manifest.TryGetProperty("tools", out var tools)
                && tools.EnumerateObject().Any(tool => tool.Name.Equals(Package, StringComparison.OrdinalIgnoreCase));
            return (has, manifest.TryGetProperty("isRoot", out var isRoot) && isRoot.ValueKind == JsonValueKind.True);
        }
        catch (JsonException)
        {
            // dotnet itself says what is wrong with it, when it is used.
            return (false, false);
        }
    }
}
