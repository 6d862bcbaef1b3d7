namespace MessagingServices.Domain.Extracts;

/// <summary>What must be known of scripts.</summary>
internal static class TextScript
{
    /// <summary>
    /// Whether the letter is of a script that writes words, or words and numbers, without spaces between them: Chinese,
    /// Japanese, Korean, Thai, Lao, Khmer, Burmese.
    /// </summary>
    public static bool HasNoSpaces(char letter) => letter switch
    {
        >= '\u0E00' and <= '\u0EFF' => true,
        >= '\u1000' and <= '\u109F' => true,
        >= '\u1100' and <= '\u11FF' => true,
        >= '\u1780' and <= '\u17FF' => true,
        >= '\u2E80' and <= '\u2FDF' => true,
        >= '\u3005' and <= '\u3007' => true,
        >= '\u3040' and <= '\u318F' => true,
        >= '\u31F0' and <= '\u31FF' => true,
        >= '\u3400' and <= '\u4DBF' => true,
        >= '\u4E00' and <= '\u9FFF' => true,
        >= '\uAC00' and <= '\uD7AF' => true,
        >= '\uF900' and <= '\uFAFF' => true,
        >= '\uFF66' and <= '\uFF9F' => true,
        _ => false,
    };
}
