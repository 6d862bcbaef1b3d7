using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MessagingServices.Domain.Senders;

/// <summary>
/// The ID by which WhatsApp names a user to one business, for example <c>US.13491208655302741918</c>. It takes the
/// place of the phone number of a user who hides it. Source:
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids.
/// </summary>
public static class WhatsAppUserId
{
    /// <summary>The maximum number of characters after the dot.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> LettersAndDigits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>
    /// The country of an ID: an ISO 3166 code in capitals, a dot, and up to <see cref="MaxLength"/> letters and digits.
    /// False for any other text.
    /// </summary>
    public static bool TryGetCountry(string text, [NotNullWhen(true)] out string? country)
    {
        var isId = text is [>= 'A' and <= 'Z', >= 'A' and <= 'Z', '.', _, ..] && text.Length <= MaxLength + 3
            && !text.AsSpan(3).ContainsAnyExcept(LettersAndDigits);
        country = isId ? text[..2] : null;
        return isId;
    }
}
