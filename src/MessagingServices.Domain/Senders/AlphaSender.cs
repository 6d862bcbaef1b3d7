using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Domain.Senders;

/// <summary>An alphanumeric sender's name. Source: https://www.twilio.com/docs/messaging/api/alphasender-resource.</summary>
public static class AlphaSender
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxLength = 11;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -+_&");

    /// <summary>
    /// Whether the text is a name: at most eleven of letters, digits, space, <c>-</c>, <c>+</c>, <c>_</c> and <c>&amp;</c>, with a letter
    /// among them, no space at either end.
    /// </summary>
    public static bool IsName([NotNullWhen(true)] string? text) => text is { Length: > 0 and <= MaxLength }
        && !text.AsSpan().ContainsAnyExcept(Allowed) && text.Any(char.IsAsciiLetter) && text[0] != ' ' && text[^1] != ' ';
}
