using System.Collections.Frozen;

namespace MessagingServices.Domain.Extracts;

/// <summary>The words of <c>words.txt</c>.</summary>
internal static class Words
{
    /// <summary>Of these a word has only those of its best entry: a word cannot be both a code and an order.</summary>
    public const WordClasses Exclusive =
        WordClasses.Code | WordClasses.Label | WordClasses.Number | WordClasses.Is | WordClasses.Filler;

    private const char AnyLetters = '*';

    private static readonly IReadOnlyList<(string Text, WordClasses Class)> Entries =
    [
        .. from row in Table.Read("words.txt")
            let columns = row.Split('|', StringSplitOptions.TrimEntries)
            from word in columns[2].Split(',', StringSplitOptions.TrimEntries)
            select (PlainText.Fold(word), Enum.Parse<WordClasses>(columns[0], ignoreCase: true)),
    ];

    private static readonly FrozenDictionary<string, WordClasses> Whole = Entries
        .Where(entry => !entry.Text.Contains(AnyLetters, StringComparison.Ordinal) && !IsAnywhere(entry.Text))
        .GroupBy(entry => entry.Text, entry => entry.Class)
        .ToFrozenDictionary(group => group.Key, Union, StringComparer.Ordinal);

    private static readonly WordPattern[] Patterns =
    [
        .. Entries.Where(entry => entry.Text.Contains(AnyLetters, StringComparison.Ordinal)
                && !entry.Text.Contains(' ', StringComparison.Ordinal))
            .GroupBy(entry => entry.Text, entry => entry.Class)
            .Select(group => new WordPattern(group.Key, Union(group)))
            .OrderByDescending(pattern => pattern.Letters.Length),
    ];

    private static readonly FrozenDictionary<string, Phrase[]> Phrases = Entries
        .Where(entry => entry.Text.Contains(' ', StringComparison.Ordinal) && !IsAnywhere(entry.Text))
        .GroupBy(entry => entry.Text, entry => entry.Class)
        .Select(group => new Phrase(
            [.. group.Key.Split(' ').Select(word => new WordPattern(word, WordClasses.None))], Union(group)))
        .GroupBy(phrase => phrase.Words[0].Letters)
        .ToFrozenDictionary(group => group.Key,
            group => group.OrderByDescending(phrase => phrase.Words.Count).ToArray(), StringComparer.Ordinal);

    private static readonly FrozenDictionary<char, (string Text, WordClasses Classes)[]> Anywhere = Entries
        .Where(entry => IsAnywhere(entry.Text)).GroupBy(entry => entry.Text, entry => entry.Class)
        .Select(group => (Text: group.Key, Classes: Union(group)))
        .GroupBy(entry => entry.Text[0])
        .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(entry => entry.Text.Length).ToArray());

    /// <summary>What a folded word says.</summary>
    public static WordClasses Of(string word)
    {
        var classes = Whole.GetValueOrDefault(word);
        var isDecided = (classes & Exclusive) != 0;
        foreach (var pattern in Patterns)
        {
            if (!pattern.Matches(word)) continue;
            classes |= isDecided ? pattern.Classes & ~Exclusive : pattern.Classes;
            isDecided |= (classes & Exclusive) != 0;
        }

        return classes;
    }

    /// <summary>The longest phrases first, of those that begin with a folded word.</summary>
    public static IReadOnlyList<Phrase> PhrasesFrom(string word) => Phrases.GetValueOrDefault(word, []);

    /// <summary>The longest word at a place in a folded text of a script without spaces; 0 letters for none.</summary>
    public static (int Length, WordClasses Classes) At(ReadOnlySpan<char> text)
    {
        foreach (var (word, classes) in Anywhere.GetValueOrDefault(text[0], []))
            if (text.StartsWith(word, StringComparison.Ordinal)) return (word.Length, classes);
        return (0, WordClasses.None);
    }

    private static bool IsAnywhere(string text) => TextScript.HasNoSpaces(text[0]);

    private static WordClasses Union(IEnumerable<WordClasses> classes) => classes.Aggregate((all, one) => all | one);
}

/// <summary>A word, or its beginning, end or middle.</summary>
internal sealed record WordPattern
{
    private readonly bool anyBefore;
    private readonly bool anyAfter;

    public WordPattern(string text, WordClasses classes)
    {
        (anyBefore, anyAfter) = (text[0] == '*', text[^1] == '*');
        (Letters, Classes) = (text.Trim('*'), classes);
    }

    public string Letters { get; }

    public WordClasses Classes { get; }

    public bool Matches(string word) => (anyBefore, anyAfter) switch
    {
        (false, false) => word == Letters,
        (false, true) => word.StartsWith(Letters, StringComparison.Ordinal),
        (true, false) => word.EndsWith(Letters, StringComparison.Ordinal),
        (true, true) => word.Contains(Letters, StringComparison.Ordinal),
    };
}

/// <summary>Words in a row.</summary>
internal sealed record Phrase(IReadOnlyList<WordPattern> Words, WordClasses Classes);
