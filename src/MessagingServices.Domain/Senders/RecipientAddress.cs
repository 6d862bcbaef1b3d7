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

/// <summary>
/// A recipient: a channel and a phone number, or on WhatsApp the ID of a user who hides the number.
/// </summary>
public sealed record RecipientAddress
{
    private const string HiddenDigits = "XXXX";

    private RecipientAddress(Channel channel, string handset, string? country)
    {
        Channel = channel;
        Handset = handset;
        Value = Prefix(channel) + handset;
        Country = country;
    }

    public Channel Channel { get; }

    /// <summary>
    /// The number in E.164, or the user's ID, without a channel prefix. It identifies the handset on all channels.
    /// </summary>
    public string Handset { get; }

    /// <summary>The phone number; null for a WhatsApp user who hides it.</summary>
    public PhoneNumberValue? Number { get; private init; }

    /// <summary>The address in Twilio's format, for example <c>whatsapp:+15552229999</c>.</summary>
    public string Value { get; }

    /// <summary>The ISO 3166 code of its country; a toll-free number counts as US.</summary>
    public string? Country { get; }

    /// <summary>The address with its last four digits replaced, for example <c>+1415555XXXX</c>.</summary>
    public static string Obfuscate(string address) =>
        address.Length <= HiddenDigits.Length ? HiddenDigits : address[..^HiddenDigits.Length] + HiddenDigits;

    /// <summary>
    /// Parses a recipient's address. Errors: 21211 for an impossible phone number or an unknown prefix, 21265 for a
    /// short code, 21268 for a premium rate number. Their texts hide the last four digits, except on WhatsApp. There,
    /// the ID of a user is an address too: see <see cref="WhatsAppUserId"/>.
    /// </summary>
    public static (RecipientAddress? Address, ApiError? ApiError) Parse(string text)
    {
        var (channel, rest) = Split(text);
        if (channel == Channel.Sms && rest.Length is >= 3 and <= 6 && rest.All(char.IsAsciiDigit))
            return (null, MessagingError.ToIsShortCode.ToApiError(Obfuscate(text)));
        if (channel is { } known && PhoneNumberValue.TryParse(rest, out var number))
        {
            if (number.IsPremiumRate) return (null, MessagingError.PremiumRate.ToApiError());
            var country = number.IsTollFree ? "US" : number.Country;
            return (new(known, number.E164, country) { Number = number }, null);
        }

        if (channel != Channel.WhatsApp) return (null, MessagingError.InvalidTo.ToApiError(Obfuscate(text)));
        return WhatsAppUserId.TryGetCountry(rest, out var ofUser)
            ? (new(Channel.WhatsApp, rest, ofUser), null)
            : (null, MessagingError.InvalidWhatsAppTo.ToApiError(text));
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
