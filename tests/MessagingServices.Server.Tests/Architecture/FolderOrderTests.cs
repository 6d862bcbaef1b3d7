using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Architecture;

/// <summary>Folders use only folders below them. Each rule is first shown to find a violation.</summary>
public sealed class FolderOrderTests
{
    private const string Root = "MessagingServices.Server";

    private static readonly FolderOrder DomainSource =
        new("MessagingServices.Domain", Repository.Sources("src/MessagingServices.Domain"));

    private static readonly FolderOrder Source = new(Root, Repository.Sources("src/MessagingServices.Server"));

    [Fact]
    public void Folders_use_only_folders_below_them()
    {
        Assert.Equal(
            [$"src/{Root}/Data/Low.cs uses Engine"],
            Sample(("Data/Low.cs", $"using {Root}.Engine;\nnamespace {Root}.Data;\nclass Low;"))
                .UsesAgainst(FolderOrder.Server));
        Assert.Empty(Sample(("Engine/High.cs", $"using {Root}.Data;\nnamespace {Root}.Engine;"))
            .UsesAgainst(FolderOrder.Server));

        Assert.Empty(Source.UsesAgainst(FolderOrder.Server));
        Assert.Empty(DomainSource.UsesAgainst(FolderOrder.Domain));
    }

    [Fact]
    public void Subfolders_have_no_cycles()
    {
        Assert.Equal(2, Sample(
            ("Api/Top.cs", $"using {Root}.Api.V1;\nnamespace {Root}.Api;\ninternal class Top {{ Page page; }}"),
            ("Api/V1/Page.cs", $"namespace {Root}.Api.V1;\ninternal class Page {{ Top top; }}")).Cycles().Count());
        Assert.Empty(Sample(("Api/Top.cs", $"using {Root}.Api.V1;\nnamespace {Root}.Api;\nclass Top {{ Page page; }}"))
            .Cycles());

        Assert.Empty(Source.Cycles());
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
        source.Folders.Select(folder => folder.Split('/')[0]).Distinct().Order();

    private static FolderOrder Sample(params (string Path, string Text)[] files) =>
        new(Root, files.Select(file => new SourceFile($"src/{Root}/{file.Path}", file.Text)));
}
