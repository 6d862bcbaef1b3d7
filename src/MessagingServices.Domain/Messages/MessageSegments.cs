using System.Text;
using MessagingServices.Domain.Segments;

namespace MessagingServices.Domain.Messages;

/// <summary>The segments of a message, and the characters that decide their encoding.</summary>
/// <param name="Segmentation">The segments; null for a message that is not an SMS.</param>
/// <param name="Ucs2Characters">
/// The characters outside GSM-7, in the order of their first place. Each of them makes the message UCS-2.
/// </param>
/// <param name="Replaced">What smart encoding replaces, in the order of the first place.</param>
public sealed record MessageSegments(
    Segmentation? Segmentation, IReadOnlyList<CharacterCount> Ucs2Characters,
    IReadOnlyList<CharacterReplacement> Replaced)
{
    /// <summary>
    /// The segments of the text that the recipient receives; until the sender is known, of the body as it would be sent
    /// now.
    /// </summary>
    public static MessageSegments Of(Message message)
    {
        if (!message.IsSms) return new(null, [], []);
        var text = message.SentText;
        return new(
            Segmenter.Split(text),
            [
                .. text.EnumerateRunes().Where(rune => !IsGsm7(rune)).CountBy(rune => rune)
                    .Select(counted => new CharacterCount(counted.Key.ToString(), counted.Value)),
            ],
            [
                .. message.SmartlyReplaced.CountBy(character => character).Select(counted => new CharacterReplacement(
                    counted.Key.ToString(), SmartEncoding.ReplacementOf(counted.Key), counted.Value)),
            ]);
    }

    private static bool IsGsm7(Rune rune) => rune.IsBmp && Gsm7.SeptetsOf((char)rune.Value) > 0;
}

/// <summary>How often a text has a character.</summary>
public sealed record CharacterCount(string Character, int Count);

/// <summary>A character that smart encoding replaces.</summary>
/// <param name="To">The replacement; empty for a character that is removed.</param>
/// <param name="Count">How often the text has the character.</param>
public sealed record CharacterReplacement(string From, string To, int Count);
