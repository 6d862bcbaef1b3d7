namespace MessagingServices.Server.Agents;

/// <summary>Texts that a model reads, of which the beginning is enough.</summary>
internal static class ShortText
{
    /// <summary>The text, or its beginning and three dots. No character is cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="max">The maximum length without the dots, in UTF-16 units.</param>
    public static string Of(string text, int max)
    {
        if (text.Length <= max) return text;
        var end = char.IsLowSurrogate(text[max]) && char.IsHighSurrogate(text[max - 1]) ? max - 1 : max;
        return $"{text[..end]}...";
    }
}
