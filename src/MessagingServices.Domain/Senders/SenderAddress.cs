namespace MessagingServices.Domain.Senders;

/// <summary>How senders are written in <c>From</c>.</summary>
/// <param name="Type">Which kind of sender it is; of a phone number the number itself tells.</param>
/// <param name="Value">
/// Its one form: E.164 for a phone number, the digits of a short code, an alphanumeric sender, or <c>whatsapp:</c> and <c>rcs:</c> with what
/// follows.
/// </param>
/// <param name="Number">The phone number of a number or of a WhatsApp sender; null for others.</param>
public sealed record SenderAddress(SenderType Type, string Value, PhoneNumberValue? Number)
{
    /// <summary>The network it sends on.</summary>
    public Channel Channel => Type switch
    {
        SenderType.Rcs => Channel.Rcs,
        SenderType.WhatsApp => Channel.WhatsApp,
        SenderType.ShortCode or SenderType.Alphanumeric or SenderType.LongCode or SenderType.TollFree => Channel.Sms,
    };

    /// <summary>Reads a sender; null when it is none.</summary>
    public static SenderAddress? Parse(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return ChannelAddress.TryParse(text, out var channel)
                ? new(channel.Channel == Channel.Rcs ? SenderType.Rcs : SenderType.WhatsApp, channel.Value, channel.Number)
                : null;
        }

        var trimmed = text.Trim();
        if (ShortCode.IsCode(trimmed)) return new(SenderType.ShortCode, trimmed, null);
        if (PhoneNumberValue.TryParse(text, out var number)) return new(number.IsTollFree ? SenderType.TollFree : SenderType.LongCode, number.E164, number);
        return AlphaSender.IsName(trimmed) ? new(SenderType.Alphanumeric, trimmed, null) : null;
    }
}
