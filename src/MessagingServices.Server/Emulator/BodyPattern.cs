using System.Buffers;
using System.Linq.Expressions;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>
/// Finds a text in the bodies of messages, without regard to case as .NET has it (<c>OrdinalIgnoreCase</c>): PostgreSQL
/// does the work, and its result does not depend on the locale of the database.
/// </summary>
/// <remarks>
/// With the C collation PostgreSQL folds ASCII only, which is right for a text in ASCII: no other character is equal to
/// an ASCII letter. For other texts a regular expression names the variants of each character.
/// </remarks>
internal static class BodyPattern
{
    private const string Collation = "C";

    // Only characters that have another case. A few have more than one: µ, μ and Μ.
    private static readonly Lazy<Dictionary<string, string>> Variants = new(ReadVariants);

    private static readonly SearchValues<char> SpecialInLike = SearchValues.Create(@"\%_");

    /// <summary>The body contains a text.</summary>
    public static Expression<Func<Message, bool>> Contains(string text)
    {
        if (Ascii.IsValid(text))
        {
            var pattern = $"%{ToLike(text)}%";
            return message => EF.Functions.ILike(
                EF.Functions.Collate(message.Body, Collation), pattern, @"\");
        }

        var expression = ToExpression(text);
        return message => Regex.IsMatch(EF.Functions.Collate(message.Body, Collation), expression);
    }

    /// <summary>A pattern of <c>LIKE</c> for a text, with <c>\</c> before its special characters.</summary>
    public static string ToLike(string text) => Escape(text, SpecialInLike.Contains);

    /// <summary>A regular expression of PostgreSQL for a text in any case.</summary>
    public static string ToExpression(string text)
    {
        var expression = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var character = rune.ToString();
            if (Variants.Value.TryGetValue(character, out var variants)) expression.Append($"[{variants}]");
            else expression.Append(Escape(character, c => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c)));
        }

        return expression.ToString();
    }

    private static string Escape(string text, Func<char, bool> isSpecial) =>
        string.Concat(text.Select(c => isSpecial(c) ? $@"\{c}" : c.ToString()));

    private static Dictionary<string, string> ReadVariants()
    {
        Dictionary<string, string> variants = new(StringComparer.OrdinalIgnoreCase);
        const int last = 0x10FFFF;
        for (var code = 0; code <= last; code++)
        {
            if (!Rune.TryCreate(code, out var rune)) continue;
            if (Rune.ToUpperInvariant(rune) == rune && Rune.ToLowerInvariant(rune) == rune) continue;
            var character = rune.ToString();
            variants[character] = variants.GetValueOrDefault(character) + character;
        }

        return variants;
    }
}
