using System.Collections.Frozen;
using System.Globalization;

namespace MessagingServices.Domain.Segments;

/// <summary>
/// Replaces characters outside GSM-7 by similar ones (curly quotes, dashes, ellipses, fractions, full-width letters)
/// and removes invisible ones, so that one such character does not make a whole message UCS-2. Source:
/// https://www.twilio.com/docs/messaging/services#smart-encoding. The table is that of Twilio's segment calculator
/// (sms-segments-calculator 1.3.0), except that one space or tab becomes one space.
/// </summary>
public static class SmartEncoding
{
    private static readonly FrozenDictionary<char, string> Replacements = Read();

    /// <summary>
    /// Encodes a body. A body that would still be UCS-2, for example because of an emoji, is returned unchanged.
    /// </summary>
    /// <returns>
    /// A text in GSM-7, which may be longer or shorter than the body; or the same string instance if nothing is
    /// replaced. In that case nothing is allocated.
    /// </returns>
    /// <remarks>
    /// The text may need more segments: an ellipsis or a fraction, one UTF-16 unit, becomes three septets.
    /// </remarks>
    public static string Encode(string body)
    {
        var length = 0;
        var replaces = false;
        foreach (var character in body)
        {
            if (Gsm7.SeptetsOf(character) > 0)
            {
                length++;
                continue;
            }

            if (!Replacements.TryGetValue(character, out var replacement)) return body;
            length += replacement.Length;
            replaces = true;
        }

        return replaces ? string.Create(length, body, Fill) : body;
    }

    /// <summary>The characters that <see cref="Encode"/> replaces or removes, in their order.</summary>
    public static string ReplacedIn(string body) => ReferenceEquals(Encode(body), body)
        ? ""
        : string.Concat(body.Where(character => Gsm7.SeptetsOf(character) == 0));

    /// <summary>What replaces a character; empty if it is removed.</summary>
    /// <exception cref="KeyNotFoundException">No text replaces the character.</exception>
    public static string ReplacementOf(char character) => Replacements[character];

    private static void Fill(Span<char> text, string body)
    {
        foreach (var character in body)
        {
            if (Gsm7.SeptetsOf(character) > 0)
            {
                text[0] = character;
                text = text[1..];
                continue;
            }

            var replacement = Replacements[character];
            replacement.CopyTo(text);
            text = text[replacement.Length..];
        }
    }

    private static FrozenDictionary<char, string> Read() =>
        Table.Read("smart-encoding.txt").Select(line => line.Split(' ', 3)).ToFrozenDictionary(
        row => Character(row[0]), row => row[1] == "-" ? "" : string.Concat(row[1].Split('+').Select(Character)));

    private static char Character(string code) =>
        (char)ushort.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
