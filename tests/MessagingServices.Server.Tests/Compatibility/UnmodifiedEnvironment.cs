using System.Text.Json.Nodes;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Compatibility;

/// <summary>The printed environment, with its files in a folder of the test, as for a server in a container.</summary>
internal sealed class UnmodifiedEnvironment : IDisposable
{
    private static readonly string[] Files =
        ["ca.pem", "bundle.pem", "trust.p12", "twilio.ini", "preload.cjs", "sitecustomize.py"];

    private readonly TemporaryFolder folder = new();

    /// <summary>The variables.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables { get; private set; } = [];

    public string this[string file] => folder[file];

    /// <summary>Downloads the files, and reads the variables of a language.</summary>
    public static async Task<UnmodifiedEnvironment> CreateAsync(MessagingServer server, string language)
    {
        UnmodifiedEnvironment made = new();
        Directory.CreateDirectory(made.folder.Path);
        foreach (var file in Files)
        {
            await File.WriteAllBytesAsync(
                made.folder[file], await server.Http.GetByteArrayAsync($"/emulator/v1/Environment/{file}"));
        }

        var text = await server.Http.GetStringAsync(
            $"/emulator/v1/Environment?Format=json&Language={language}&Directory={made.folder.Path}");
        made.Variables = [.. JsonNode.Parse(text)!.AsObject().Select(row => (row.Key, row.Value!.ToString()))];
        return made;
    }

    public void Dispose() => folder.Dispose();
}
