using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Domain.Senders;

/// <summary>
/// An alphanumeric sender of a Messaging Service. Source: https://www.twilio.com/docs/messaging/api/alphasender-resource.
/// </summary>
/// <param name="Sid">SID with the prefix <c>AI</c>.</param>
/// <param name="AccountSid">The account.</param>
/// <param name="Name">What recipients see.</param>
/// <param name="Country">ISO 3166 code of the country that it is for; null for the default sender of all others.</param>
public sealed record AlphaSender(Sid Sid, Sid AccountSid, string Name, string? Country)
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
