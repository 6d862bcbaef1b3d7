using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MessagingServices.Domain.Extracts;

/// <summary>
/// A text as codes are searched in it: ASCII digits, hyphens and spaces for those of all scripts, no characters that
/// are not seen, and a placeholder for each link.
/// </summary>
/// <param name="Text">The characters.</param>
/// <param name="Folded">The same in lower case and without accents, as words are compared.</param>
internal sealed record PlainText(string Text, string Folded)
{
    /// <summary>Stands for a link.</summary>
    public const char Link = '\uFFFC';

    /// <summary>Stands for a symbol that says nothing, such as an emoji.</summary>
    private const char AnySymbol = '·';

    private static readonly FrozenDictionary<char, char> Letters = Table.Read("letters.txt")
        .SelectMany(row => row[2..].Select(letter => KeyValuePair.Create(letter, row[0]))).ToFrozenDictionary();

    /// <summary>Reads a text whose links are known.</summary>
    public static PlainText Of(string text, IReadOnlyList<FoundLink> links)
    {
        StringBuilder plain = new(text.Length);
        StringBuilder folded = new(text.Length);
        var (position, nextLink) = (0, 0);
        while (position < text.Length)
        {
            char? character;
            if (nextLink < links.Count && links[nextLink].Start == position)
            {
                character = Link;
                position = links[nextLink++].End;
            }
            else
            {
                character = Read(text, ref position);
            }

            if (character is not { } read) continue;
            plain.Append(read);
            folded.Append(Fold(read));
        }

        return new(plain.ToString(), folded.ToString());
    }

    /// <summary>A word as words are compared.</summary>
    public static string Fold(string word) => string.Create(word.Length, word, (folded, given) =>
    {
        for (var i = 0; i < given.Length; i++) folded[i] = Fold(given[i]);
    });

    private static char Fold(char c)
    {
        var lower = c == 'İ' ? 'i' : char.ToLowerInvariant(c);
        return Letters.GetValueOrDefault(lower, lower);
    }

    private static char? Read(string text, ref int position)
    {
        var c = text[position];
        var digit = CharUnicodeInfo.GetDecimalDigitValue(text, position);
        position += char.IsHighSurrogate(c) && position + 1 < text.Length && char.IsLowSurrogate(text[position + 1])
            ? 2 : 1;
        if (digit >= 0) return (char)('0' + digit);
        return c switch
        {
            '\r' => null,
            '\n' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029' => '\n',
            '\t' or '\u3000' => ' ',
            '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212' or '\uFE63' => '-',
            // No number goes on after a Chinese comma.
            '，' => '、',
            // Letters and punctuation of full width.
            >= '\uFF01' and <= '\uFF5E' => (char)(c - '\uFF01' + '!'),
            // The parts of a keycap emoji, and of decomposed letters.
            '\u20E3' or >= '\u0300' and <= '\u036F' or >= '\uFE00' and <= '\uFE0F' => null,
            // Vowel signs and the stretch of Arabic.
            '\u0640' or >= '\u064B' and <= '\u0652' => null,
            _ when char.IsSurrogate(c) => AnySymbol,
            _ => CharUnicodeInfo.GetUnicodeCategory(c) switch
            {
                UnicodeCategory.SpaceSeparator => ' ',
                UnicodeCategory.Format => null,
                _ => c,
            },
        };
    }
}
