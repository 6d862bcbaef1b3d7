using System.Buffers;

namespace MessagingServices.Domain.Senders;

/// <summary>How senders are written in <c>From</c>.</summary>
public static class SenderAddress
{
    private const int MaxAlphaLength = 11;
    private const int MaxAgentLength = 64;

    private static readonly SearchValues<char> Alpha =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -+_&");

    /// <summary>
    /// Brings a sender into its one form: E.164 for a phone number, the digits of a short code, an alphanumeric sender (at most 11 of
    /// letters, digits, space, <c>-</c>, <c>+</c>, <c>_</c>, <c>&amp;</c>, with a letter among them), or <c>whatsapp:</c> and <c>rcs:</c>
    /// with what follows.
    /// </summary>
    public static bool TryNormalise(string text, out string address)
    {
        address = text.Trim();
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            var prefix = address[..colon].ToLowerInvariant();
            var rest = address[(colon + 1)..];
            address = prefix + ":" + (PhoneNumberValue.TryParse(rest, out var channelNumber) ? channelNumber.E164 : rest);
            return prefix == "rcs" ? rest.Length is > 0 and <= MaxAgentLength : prefix == "whatsapp" && channelNumber is not null;
        }

        if (address.Length is >= 3 and <= 6 && address.All(char.IsAsciiDigit)) return true;
        if (PhoneNumberValue.TryParse(text, out var number))
        {
            address = number.E164;
            return true;
        }

        return address.Length is > 0 and <= MaxAlphaLength && !address.AsSpan().ContainsAnyExcept(Alpha) && address.Any(char.IsAsciiLetter);
    }
}
