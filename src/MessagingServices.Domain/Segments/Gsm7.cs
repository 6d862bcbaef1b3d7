namespace MessagingServices.Domain.Segments;

/// <summary>
/// The GSM-7 alphabet: which characters it has, and how many septets each takes.
/// See <see href="https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding"/>.
/// </summary>
public static class Gsm7
{
    // In the order of their codes. Code 0x1B is missing: it is the escape that introduces an extension character.
    private const string BasicCharacters =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string ExtensionCharacters = "\f^{}\\[~]|€";

    // Indexed by character; the euro sign (U+20AC) is the last one that counts.
    private static readonly byte[] SeptetTable = BuildSeptetTable();

    /// <summary>The septets that a character takes.</summary>
    /// <returns>1 for a basic character, 2 for an extension character (escape and code), 0 for one that GSM-7 does not have.</returns>
    public static int SeptetsOf(char character) => character < SeptetTable.Length ? SeptetTable[character] : 0;

    /// <summary>Adds up the septets of a text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="septets">The sum, or 0 when the answer is false.</param>
    /// <returns>Whether GSM-7 has every character of the text.</returns>
    public static bool TryCountSeptets(ReadOnlySpan<char> text, out int septets)
    {
        septets = 0;
        foreach (var character in text)
        {
            var cost = SeptetsOf(character);
            if (cost == 0)
            {
                septets = 0;
                return false;
            }

            septets += cost;
        }

        return true;
    }

    private static byte[] BuildSeptetTable()
    {
        var table = new byte['€' + 1];
        foreach (var character in BasicCharacters)
            table[character] = 1;
        foreach (var character in ExtensionCharacters)
            table[character] = 2;
        return table;
    }
}
