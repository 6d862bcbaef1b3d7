using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Domain.Senders;

/// <summary>
/// An alphanumeric sender of a Messaging Service. Source:
/// https://www.twilio.com/docs/messaging/api/alphasender-resource.
/// </summary>
/// <param name="Sid">SID with the prefix <c>AI</c>.</param>
/// <param name="Name">The name that recipients see.</param>
/// <param name="Country">The ISO 3166 code of its country; null for the default sender of all other countries.</param>
public sealed record AlphaSender(Sid Sid, Sid AccountSid, string Name, string? Country)
{
    /// <summary>The maximum length of a name, in characters.</summary>
    public const int MaxLength = 11;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -+_&");

    /// <summary>
    /// Whether the text is a valid name: at most eleven letters, digits, spaces, <c>-</c>, <c>+</c>, <c>_</c> and
    /// <c>&amp;</c>, with at least one letter and no space at either end.
    /// </summary>
    public static bool IsName([NotNullWhen(true)] string? text) => text is { Length: > 0 and <= MaxLength }
        && !text.AsSpan().ContainsAnyExcept(Allowed) && text.Any(char.IsAsciiLetter) && text[0] != ' '
        && text[^1] != ' ';
}
