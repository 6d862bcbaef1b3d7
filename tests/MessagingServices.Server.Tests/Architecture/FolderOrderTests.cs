using MessagingServices.Server.Tests.Fixtures;
using static MessagingServices.Server.Tests.Architecture.ArchitectureRules;

namespace MessagingServices.Server.Tests.Architecture;

/// <summary>Folders use only folders below them. Each rule is first shown to find a violation.</summary>
public sealed class FolderOrderTests
{
    private const string Root = "MessagingServices.Server";

    private static readonly FolderOrder DomainSource = Read("MessagingServices.Domain");
    private static readonly FolderOrder Source = Read(Root);

    [Theory]
    [InlineData("Data/Low.cs", "using MessagingServices.Server.Webhooks;\nnamespace MessagingServices.Server.Data;")]
    [InlineData("Data/Low.cs", "namespace MessagingServices.Server.Data; class Low { Webhooks.Webhook webhook; }")]
    [InlineData("Data/Low.cs", "class Low { object type = typeof(MessagingServices.Server.Webhooks.Webhook); }")]
    [InlineData("Data/Low.cs", "using Sender = MessagingServices.Server.Webhooks.Webhook;\nclass Low;")]
    [InlineData("Data/Low.cs", "namespace MessagingServices.Server.Data; class Low { Webhook webhook; }",
        """<Using Include="MessagingServices.Server.Webhooks" />""")]
    [InlineData("Root.cs", "namespace MessagingServices.Server; class Root { Webhooks.Webhook webhook; }")]
    public void A_use_of_a_higher_folder_is_found(string path, string text, string projectFile = "")
    {
        var source = Sample(projectFile,
            (path, text), ("Webhooks/Webhook.cs", "namespace MessagingServices.Server.Webhooks;\nclass Webhook;"));

        Assert.Equal([$"src/{Root}/{path} uses Webhooks"], source.UsesAgainst(FolderOrder.Server));
    }

    [Fact]
    public void Folders_use_only_folders_below_them()
    {
        Assert.Empty(Sample("",
            ("Engine/High.cs", $"using {Root}.Data;\nnamespace {Root}.Engine;"), ("Data/Low.cs", ""))
            .UsesAgainst(FolderOrder.Server));

        AssertNone(Source.UsesAgainst(FolderOrder.Server));
        AssertNone(DomainSource.UsesAgainst(FolderOrder.Domain));
    }

    [Fact]
    public void Subfolders_have_no_cycles()
    {
        Assert.Equal(2, Sample("",
            ("Api/Top.cs", $"using {Root}.Api.V1;\nnamespace {Root}.Api;\ninternal class Top {{ Page page; }}"),
            ("Api/V1/Page.cs", $"namespace {Root}.Api.V1;\ninternal class Page {{ Top top; }}")).Cycles().Count());
        Assert.Empty(Sample("",
            ("Api/Top.cs", $"using {Root}.Api.V1;\nnamespace {Root}.Api;\nclass Top {{ Page page; }}")).Cycles());

        AssertNone(Source.Cycles());
        AssertNone(DomainSource.Cycles());
    }

    [Fact]
    public void The_lists_have_every_folder()
    {
        Assert.Equal(FolderOrder.Server.Order(), TopFolders(Source));
        Assert.Equal(FolderOrder.Domain.Order(), TopFolders(DomainSource));
    }

    [Theory]
    [InlineData("<!-- folders -->", nameof(FolderOrder.Server))]
    [InlineData("<!-- domain folders -->", nameof(FolderOrder.Domain))]
    public void The_documentation_prints_the_lists(string mark, string list)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/architecture.md"));
        var table = page[page.IndexOf(mark, StringComparison.Ordinal)..].Split("\n\n")[1];
        var printed = table.Split('\n').Skip(2).Select(row => row.Split('|')[1].Trim());
        Assert.Equal(
            list == nameof(FolderOrder.Server) ? FolderOrder.Server : FolderOrder.Domain,
            printed.Where(folder => !folder.Contains('/', StringComparison.Ordinal)));
    }

    private static IEnumerable<string> TopFolders(FolderOrder source) =>
        source.Folders.Select(folder => folder.Split('/')[0]).Where(folder => folder.Length > 0).Distinct().Order();

    private static FolderOrder Read(string project) => new(project,
        File.ReadAllText(Path.Combine(Repository.Root, $"src/{project}/{project}.csproj")),
        Repository.Sources($"src/{project}"));

    private static FolderOrder Sample(string projectFile, params (string Path, string Text)[] files) =>
        new(Root, projectFile, files.Select(file => new SourceFile($"src/{Root}/{file.Path}", file.Text)));
}
