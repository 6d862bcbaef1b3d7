using System.Collections.Frozen;
using System.Globalization;

namespace MessagingServices.Domain.Segments;

/// <summary>
/// Replaces characters that GSM-7 does not have by look-alikes that it has (curly quotes, dashes, ellipses, fractions, full-width letters),
/// and drops invisible ones, so that one stray character does not make a whole message UCS-2. Source:
/// https://www.twilio.com/docs/messaging/services#smart-encoding; the table is that of Twilio's segment calculator
/// (sms-segments-calculator 1.3.0), but that one space or tab becomes one space.
/// </summary>
public static class SmartEncoding
{
    private static readonly FrozenDictionary<char, string> Replacements = Read();

    /// <summary>Encodes a body, or leaves it alone where that would not do: with a single emoji it would be UCS-2 all the same.</summary>
    /// <returns>
    /// A text that is wholly GSM-7, longer or shorter than the body; or the very same string when nothing is to be replaced or something
    /// cannot be. Then nothing is allocated.
    /// </returns>
    /// <remarks>A text may need more segments than the body did: each ellipsis or fraction, one UTF-16 unit, becomes three septets.</remarks>
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

    private static FrozenDictionary<char, string> Read() => Table.Read("smart-encoding.txt").Select(line => line.Split(' ', 3)).ToFrozenDictionary(
        row => Character(row[0]), row => row[1] == "-" ? "" : string.Concat(row[1].Split('+').Select(Character)));

    private static char Character(string code) => (char)ushort.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
