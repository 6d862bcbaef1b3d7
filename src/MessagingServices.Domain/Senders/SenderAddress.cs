namespace MessagingServices.Domain.Senders;

/// <summary>A sender's address, as in <c>From</c>.</summary>
/// <param name="Type">The type that the address alone shows.</param>
/// <param name="Value">
/// The normalised address: E.164 for a phone number, the digits of a short code, an alphanumeric sender, or an address
/// with <c>whatsapp:</c> or <c>rcs:</c>.
/// </param>
/// <param name="Number">The phone number of a phone number or WhatsApp sender; null for others.</param>
public sealed record SenderAddress(SenderType Type, string Value, PhoneNumberValue? Number)
{
    public Channel Channel => Type switch
    {
        SenderType.Rcs => Channel.Rcs,
        SenderType.WhatsApp => Channel.WhatsApp,
        SenderType.ShortCode or SenderType.Alphanumeric or SenderType.LongCode or SenderType.TollFree => Channel.Sms,
    };

    /// <summary>Parses a sender's address; null if it is invalid.</summary>
    public static SenderAddress? Parse(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return ChannelAddress.TryParse(text, out var channel)
                ? new(channel.Channel == Channel.Rcs ? SenderType.Rcs : SenderType.WhatsApp, channel.Value,
                    channel.Number)
                : null;
        }

        var trimmed = text.Trim();
        if (ShortCode.IsCode(trimmed)) return new(SenderType.ShortCode, trimmed, null);
        if (PhoneNumberValue.TryParse(text, out var number))
            return new(number.IsTollFree ? SenderType.TollFree : SenderType.LongCode, number.E164, number);
        return AlphaSender.IsName(trimmed) ? new(SenderType.Alphanumeric, trimmed, null) : null;
    }
}
