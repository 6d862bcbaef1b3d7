namespace MessagingServices.Domain.Segments;

/// <summary>
/// The GSM-7 alphabet: its characters and the number of septets of each. See
/// <see href="https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding"/>.
/// </summary>
public static class Gsm7
{
    // Ordered by code. Code 0x1B is missing, because it is the escape before an extension character.
    private const string BasicCharacters =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string ExtensionCharacters = "\f^{}\\[~]|€";

    // Indexed by character. The euro sign (U+20AC) is the highest character of the alphabet.
    private static readonly byte[] SeptetTable = BuildSeptetTable();

    /// <summary>The number of septets of a character.</summary>
    /// <returns>1 for a basic character, 2 for an extension character (escape and code), 0 for a character outside
    /// GSM-7.</returns>
    public static int SeptetsOf(char character) => character < SeptetTable.Length ? SeptetTable[character] : 0;

    /// <summary>Counts the septets of a text.</summary>
    /// <param name="septets">The number of septets; 0 when the result is false.</param>
    /// <returns>Whether all characters are in GSM-7.</returns>
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
