namespace MessagingServices.Server.Tests.Documentation;

/// <summary>The snippets of a page are found, with their lines and their exemptions.</summary>
public sealed class SnippetParsingTests
{
    [Fact]
    public void A_snippet_has_its_language_line_and_code()
    {
        var snippet = Assert.Single(Snippet.Parse("page.md", "# Title\n\n```sh\necho 1\necho 2\n```\nText.\n"));

        Assert.Equal(("page.md:4", "sh", "echo 1\necho 2"), (snippet.Location, snippet.Language, snippet.Code));
        Assert.Null(snippet.NotRun);
    }

    [Theory]
    [InlineData("<!-- not run: it needs Docker -->\n```sh\na\n```", "it needs Docker")]
    [InlineData("<!-- not run: it needs Docker -->\n\n```sh\na\n```", "it needs Docker")]
    [InlineData("<!-- not run: -->\n```sh\na\n```", "")]
    [InlineData("<!-- not run: x -->\nText.\n```sh\na\n```", null)]
    public void A_comment_before_a_snippet_exempts_it(string markdown, string? reason) =>
        Assert.Equal(reason, Assert.Single(Snippet.Parse("page.md", markdown)).NotRun);

    [Fact]
    public void An_exemption_holds_for_one_snippet()
    {
        var snippets = Snippet.Parse("page.md", "<!-- not run: x -->\n```sh\na\n```\n```sh\nb\n```");

        Assert.Equal(["x", null], snippets.Select(snippet => snippet.NotRun));
    }

    [Fact]
    public void A_block_without_end_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => Snippet.Parse("page.md", "```sh\necho 1"));
}
