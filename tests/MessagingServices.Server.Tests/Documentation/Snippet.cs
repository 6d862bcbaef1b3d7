using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Documentation;

/// <summary>A fenced block of code on a page of the documentation.</summary>
/// <param name="Page">The page's path from the root of the repository.</param>
/// <param name="Line">The number of the block's first line of code.</param>
/// <param name="Language">The word after the fence.</param>
/// <param name="Code">The lines between the fences.</param>
/// <param name="NotRun">The reason in a comment <c>not run</c> before the block; null without one.</param>
internal sealed record Snippet(string Page, int Line, string Language, string Code, string? NotRun)
{
    private const string Fence = "```";
    private const string CommentStart = "<!-- not run:";
    private const string CommentEnd = "-->";

    /// <summary>Where it is: names the test and the failure.</summary>
    public string Location => $"{Page}:{Line}";

    /// <summary>Reads the snippets of a page of the repository.</summary>
    public static IReadOnlyList<Snippet> ReadPage(string page) =>
        Parse(page, File.ReadAllText(Path.Combine(Repository.Root, page)));

    /// <summary>Reads the snippets of a text in Markdown.</summary>
    public static IReadOnlyList<Snippet> Parse(string page, string markdown)
    {
        var lines = markdown.Split('\n');
        var snippets = new List<Snippet>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal)) continue;
            var start = i + 1;
            var end = Array.FindIndex(lines, start, line => line.TrimEnd() == Fence);
            if (end < 0) throw new InvalidOperationException($"{page}:{start}: the block has no end.");
            snippets.Add(new(page, start + 1, lines[i][Fence.Length..].Trim(), string.Join('\n', lines[start..end]),
                NotRunReason(lines[..i])));
            i = end;
        }

        return snippets;
    }

    private static string? NotRunReason(string[] before)
    {
        var last = before.LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "";
        var isExempt = last.StartsWith(CommentStart, StringComparison.Ordinal)
            && last.EndsWith(CommentEnd, StringComparison.Ordinal);
        return isExempt
            ? last[CommentStart.Length..^CommentEnd.Length].Trim()
            : null;
    }
}
