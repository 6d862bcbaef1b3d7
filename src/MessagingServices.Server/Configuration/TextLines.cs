using System.Text.RegularExpressions;

namespace MessagingServices.Server.Configuration;

/// <summary>Puts sentences into lines.</summary>
internal static partial class TextLines
{
    /// <summary>Breaks a text between words; a longer word has a line of its own. An empty text has no lines.</summary>
    public static IEnumerable<string> Wrap(string text, int columns)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > columns)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0) yield return line;
    }

    /// <summary>
    /// Writes the links of Markdown as text: an outside one with its address, one within the project without.
    /// </summary>
    public static string LinksAsText(string markdown) => Link.Replace(markdown, link =>
        link.Groups["url"].Value.StartsWith("http", StringComparison.Ordinal)
            ? $"{link.Groups["text"].Value} ({link.Groups["url"].Value})"
            : link.Groups["text"].Value);

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<url>[^)]+)\)")]
    private static partial Regex Link { get; }
}
