using System.Text.RegularExpressions;
using MessagingServices.Server.Tests.Compatibility;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Documentation;

/// <summary>
/// Every shell, Node and C# snippet of these pages works as printed, on a server with the built-in seed. A comment
/// <c>&lt;!-- not run: why --&gt;</c> before a block exempts it; at most five blocks have one.
/// </summary>
public sealed partial class SnippetTests(SeededMessagingServer server) : IClassFixture<SeededMessagingServer>
{
    private const int MaxNotRun = 5;
    private const string DefaultUrl = "http://localhost:8080";

    // A failed command fails the snippet, and so does an HTTP error.
    private const string ShellStart =
        """
        set -euo pipefail
        curl() { command curl --fail-with-body --silent --show-error "$@"; }

        """;

    private static readonly string[] Pages = ["README.md", "docs/sdks.md"];
    private static readonly string[] Run = ["sh", "js", "csharp"];
    private static readonly string[] ShownOnly = ["text", "python", "ruby", "java", "php", "go"];

    private static readonly IReadOnlyList<Snippet> All = [.. Pages.SelectMany(Snippet.ReadPage)];

    public static TheoryData<string> Locations =>
        [.. from snippet in All where Run.Contains(snippet.Language) && snippet.NotRun is null select snippet.Location];

    [Theory]
    [MemberData(nameof(Locations))]
    public async Task The_snippet_works_as_printed(string location)
    {
        var snippet = All.Single(snippet => snippet.Location == location);
        await server.PostAsync("/emulator/v1/Reset", ("Scope", "all")).ExpectAsync(204);

        var (exitCode, output) = await RunAsync(snippet);

        Assert.True(exitCode == 0, $"The {snippet.Language} snippet at {location} ended with {exitCode}:\n{output}");
    }

    [Fact]
    public void At_most_five_snippets_are_not_run()
    {
        var exempt = All.Where(snippet => snippet.NotRun is not null).ToList();

        var locations = string.Join(", ", exempt.Select(snippet => snippet.Location));
        Assert.True(exempt.Count <= MaxNotRun, $"{exempt.Count} snippets are not run: {locations}");
        Assert.All(exempt, snippet => Assert.False(snippet.NotRun!.Length == 0, $"{snippet.Location} has no reason."));
    }

    [Fact]
    public void Every_snippet_names_a_known_language() => Assert.All(All, snippet => Assert.True(
        Run.Contains(snippet.Language) || ShownOnly.Contains(snippet.Language),
        $"{snippet.Location}: \"{snippet.Language}\" is none of {string.Join(", ", Run.Concat(ShownOnly))}."));

    private async Task<CommandResult> RunAsync(Snippet snippet)
    {
        var code = snippet.Code.Replace(DefaultUrl, server.Url, StringComparison.Ordinal);
        switch (snippet.Language)
        {
            case "sh":
                return await Command.RunAsync("bash", [], input: $"{ShellStart}{VariablesBefore(snippet)}{code}\n");
            case "js":
                return await NodeScript.RunTextAsync(code);
            default:
                using (var folder = new TemporaryFolder())
                {
                    Directory.CreateDirectory(folder.Path);
                    var program = folder["Snippet.dll"];
                    var errors = SnippetProgram.Compile(snippet, code, program);
                    return errors.Length > 0 ? new(1, errors) : await SnippetProgram.RunAsync(program);
                }
        }
    }

    /// <summary>A reader runs a page in one terminal: a snippet has the variables of the snippets above.</summary>
    private string VariablesBefore(Snippet snippet) => string.Concat(
        from before in All
        where before.Page == snippet.Page && before.Line < snippet.Line && before.Language == "sh"
        from Match variable in Variable().Matches(before.Code)
        select variable.Value.Replace(DefaultUrl, server.Url, StringComparison.Ordinal) + "\n");

    [GeneratedRegex("^[A-Z_]+=.*$", RegexOptions.Multiline)]
    private static partial Regex Variable();
}
