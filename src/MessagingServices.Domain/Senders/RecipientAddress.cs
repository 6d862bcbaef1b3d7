namespace MessagingServices.Domain.Senders;

/// <summary>The channel of an address.</summary>
public enum Channel
{
    /// <summary>SMS and MMS: an address without a prefix.</summary>
    Sms,

    /// <summary><c>whatsapp:</c> and an E.164 number.</summary>
    WhatsApp,

    /// <summary><c>rcs:</c> and an E.164 number (a recipient) or an agent's name (a sender).</summary>
    Rcs,
}

/// <summary>A recipient: a channel and a phone number.</summary>
public sealed record RecipientAddress(Channel Channel, PhoneNumberValue Number)
{
    private const string HiddenDigits = "XXXX";

    /// <summary>The address in Twilio's format, for example <c>whatsapp:+15552229999</c>.</summary>
    public string Value { get; } = Prefix(Channel) + Number.E164;

    /// <summary>The ISO 3166 code of its country; a toll-free number counts as US.</summary>
    public string? Country { get; } = Number.IsTollFree ? "US" : Number.Country;

    /// <summary>The address with its last four digits replaced, for example <c>+1415555XXXX</c>.</summary>
    public static string Obfuscate(string address) =>
        address.Length <= HiddenDigits.Length ? HiddenDigits : address[..^HiddenDigits.Length] + HiddenDigits;

    /// <summary>
    /// Parses a recipient's address. Errors: 21211 for an impossible phone number or an unknown prefix, 21265 for a
    /// short code.
    /// </summary>
    public static (RecipientAddress? Address, ApiError? ApiError) Parse(string text)
    {
        var (channel, rest) = Split(text);
        if (channel is null) return (null, MessagingError.InvalidTo.ToApiError(text));
        if (channel == Channel.Sms && rest.Length is >= 3 and <= 6 && rest.All(char.IsAsciiDigit))
            return (null, MessagingError.ToIsShortCode.ToApiError(text));
        return PhoneNumberValue.TryParse(rest, out var number)
            ? (new(channel.Value, number), null)
            : (null, MessagingError.InvalidTo.ToApiError(text));
    }

    private static string Prefix(Channel channel) => channel switch
    {
        Channel.Sms => "",
        Channel.WhatsApp => "whatsapp:",
        Channel.Rcs => "rcs:",
    };

    private static (Channel? Channel, string Number) Split(string text) => text.IndexOf(':') switch
    {
        < 0 => (Channel.Sms, text),
        var colon => (text[..colon].Trim().ToLowerInvariant() switch
        {
            "whatsapp" => Channel.WhatsApp,
            "rcs" => Channel.Rcs,
            _ => null,
        }, text[(colon + 1)..]),
    };
}
