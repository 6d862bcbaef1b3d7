using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>Checks an explicit sender by the rules that also hold for selected senders.</summary>
public static class SenderReach
{
    /// <summary>
    /// The error of a pair of addresses that no sender can use: 21266 for equal addresses, 21910 for different
    /// channels. RCS senders reach phone numbers too, without a fallback. Null if the pair is valid.
    /// </summary>
    public static ApiError? Mismatch(SenderAddress sender, RecipientAddress recipient) =>
        sender.Value == recipient.Value
            ? MessagingError.ToEqualsFrom.ToApiError(RecipientAddress.Obfuscate(recipient.Value))
        : sender.Channel != recipient.Channel
            && (sender.Channel, recipient.Channel) is not (Channel.Rcs, Channel.Sms)
            ? MessagingError.ChannelMismatch.ToApiError()
        : null;

    /// <summary>
    /// The error of a sender for a recipient: 21621 for media that it does not support, 21659 for a short code of
    /// another country, 21612 for a number or an alphanumeric sender that does not reach the country. Null if it is
    /// valid.
    /// </summary>
    public static ApiError? ApiError(PoolSender sender, RecipientAddress recipient, bool hasMedia)
    {
        if (hasMedia && !MediaCapability.Carries(sender, hasMedia))
            return MessagingError.FromWithoutMms.ToApiError(sender.Address);
        if (sender.Type == SenderType.ShortCode && sender.Country != recipient.Country)
            return MessagingError.UnusableFrom.ToApiError(sender.Address);
        return !NorthAmericanReach.Reaches(sender.Type, sender.Country, recipient.Country)
            || (sender.Type == SenderType.Alphanumeric && AlphaSenderSupport.In(recipient.Country) == AlphaSupport.None)
            ? MessagingError.NotReachable.ToApiError(RecipientAddress.Obfuscate(recipient.Value), sender.Address)
            : null;
    }
}
