using System.Net;
using System.Text.RegularExpressions;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Api.Documentation;

/// <summary>The server's own documentation: the repository's files, for everybody, and links that work.</summary>
public sealed partial class DocumentationFilesTests(MessagingServer server) : IClassFixture<MessagingServer>
{
    private static readonly string[] Roots = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"];

    [Fact]
    public async Task Pages_are_the_files_of_the_repository_as_Markdown()
    {
        using var nobody = server.Client();

        foreach (var page in Pages())
        {
            using var response = await nobody.GetAsync($"/{page}");
            Assert.True(response.IsSuccessStatusCode, page);
            Assert.Equal("text/markdown; charset=utf-8", response.Content.Headers.ContentType!.ToString());
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, page)),
                await response.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(await nobody.GetStringAsync("/docs/README.md"), await nobody.GetStringAsync("/docs"));
        Assert.Equal(await nobody.GetStringAsync("/docs/decisions/README.md"),
            await nobody.GetStringAsync("/docs/decisions/"));
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_sent_again()
    {
        using var nobody = server.Client();
        using var first = await nobody.GetAsync("/docs/agents.md");
        using HttpRequestMessage again = new(HttpMethod.Get, "/docs/agents.md");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await nobody.SendAsync(again);
        using var head = await nobody.SendAsync(new(HttpMethod.Head, "/docs/agents.md"));

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Every_link_of_llms_txt_answers()
    {
        using var nobody = server.Client();
        using var response = await nobody.GetAsync("/llms.txt");
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("# Messaging Services", text.Split('\n')[0]);
        Assert.Contains("\n> ", text, StringComparison.Ordinal);
        Assert.Equal(["Connect", "Test", "Explain", "Optional"],
            Heading.Matches(text).Select(heading => heading.Groups[1].Value));
        var links = Link.Matches(text).Select(link => link.Groups[1].Value).ToList();
        Assert.All(Pages().Where(page => page.Count(letter => letter == '/') == 1), page => Assert.Contains(
            links, link => link.Split('#')[0] == $"{server.Url}/{page}"));
        foreach (var link in links)
        {
            Assert.StartsWith($"{server.Url}/", link, StringComparison.Ordinal);
            using var answer = await nobody.GetAsync(link);
            Assert.Equal((link, HttpStatusCode.OK, "text/markdown"),
                (link, answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.True(
                HasAnchor(await answer.Content.ReadAsStringAsync(), link), $"{link} leads to no heading");
        }
    }

    [Fact]
    public async Task Every_relative_link_between_pages_answers()
    {
        using var nobody = server.Client();
        List<string> dead = [];
        var links = (from page in Pages()
                     let text = File.ReadAllText(Path.Combine(Repository.Root, page))
                     from Match link in Link.Matches(text)
                     let target = link.Groups[1].Value
                     where !target.Contains("://", StringComparison.Ordinal)
                     select (Page: page, Target: new Uri(new Uri($"{server.Url}/{page}"), target))).ToList();

        // Sources are in the repository only.
        foreach (var (page, target) in links.Where(link => IsServed(link.Target)))
        {
            using var response = await nobody.GetAsync(target);
            if (!response.IsSuccessStatusCode
                || !HasAnchor(await response.Content.ReadAsStringAsync(), target.ToString()))
                dead.Add($"{page}: {target}");
        }

        Assert.True(links.Count > 200);
        Assert.Empty(dead);
    }

    [Theory]
    [InlineData("/docs/../appsettings.json")]
    [InlineData("/docs/%2e%2e/appsettings.json")]
    [InlineData("/docs/..%2f..%2fappsettings.json")]
    [InlineData("/docs/%2fetc/passwd")]
    [InlineData("/docs//etc/passwd")]
    [InlineData("/docs/..%5c..%5cappsettings.json")]
    [InlineData("/docs/missing.md")]
    [InlineData("/DOCS/README.md")]
    public async Task Nothing_else_is_served(string path)
    {
        using var nobody = server.Client();

        var response = await nobody.GetAsync(new Uri($"{server.Url}{path}", new UriCreationOptions
        {
            DangerousDisablePathAndQueryCanonicalization = true,
        }));

        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized,
            $"{path}: {response.StatusCode}");
        Assert.DoesNotContain("Serilog", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Pages() => Roots.Concat(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')));

    private static bool IsServed(Uri target) => target.AbsolutePath.StartsWith("/docs", StringComparison.Ordinal)
        || Roots.Contains(target.AbsolutePath.TrimStart('/'));

    /// <summary>Whether the page has the heading that the link names, if it names one.</summary>
    private static bool HasAnchor(string page, string link) => link.Split('#') is not [_, var anchor]
        || Headings.Matches(page).Any(heading => Anchor(heading.Groups[1].Value) == anchor);

    /// <summary>The anchor of a heading, as GitHub makes it.</summary>
    private static string Anchor(string heading) =>
        NotOfAnchors.Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"(?<!!)\]\(([^)\s]+)\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings { get; }

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotOfAnchors { get; }
}
