using MessagingServices.Server.Tests.Fixtures;
using Microsoft.OpenApi;

namespace MessagingServices.Server.Tests.Documentation;

/// <summary><c>docs/openapi.json</c> is the API's description as the server gives it, and a good one.</summary>
public sealed class OpenApiFileTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private const string Update = "UPDATE_DOCS";

    /// <summary>The file.</summary>
    internal static readonly string Page = Path.Combine(Repository.Root, "docs", "openapi.json");

    [Fact]
    public async Task The_file_matches_the_server()
    {
        var text = await File.ReadAllTextAsync(Page);
        var current = (await server.Http.GetStringAsync("/swagger/v1/swagger.json")).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 })
            await File.WriteAllTextAsync(Page, text = current);

        Assert.True(text == current,
            "docs/openapi.json differs from the description of the server. Make it again: "
            + $"{Update}=1 ./dev test {nameof(OpenApiFileTests)}");
    }

    [Fact]
    public async Task A_reader_of_OpenAPI_finds_no_fault()
    {
        var read = OpenApiDocument.Parse(await File.ReadAllTextAsync(Page), OpenApiConstants.Json);

        Assert.NotNull(read.Diagnostic);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Empty(read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }
}
