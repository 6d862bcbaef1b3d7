using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>Whether a sender that a request names itself can reach the recipient: the rules that hold for selected senders too.</summary>
public static class SenderReach
{
    /// <summary>
    /// Why such a pair of addresses never goes together, whoever the sender is: 21266 when both are the same, 21910 when they are on two
    /// channels. RCS senders reach phone numbers too; there is no fallback then.
    /// </summary>
    public static ApiError? Mismatch(SenderAddress sender, RecipientAddress recipient) =>
        sender.Value == recipient.Value ? MessagingError.ToEqualsFrom.ToApiError(sender.Value)
        : sender.Channel != recipient.Channel && (sender.Channel, recipient.Channel) is not (Channel.Rcs, Channel.Sms) ? MessagingError.ChannelMismatch.ToApiError()
        : null;

    /// <summary>
    /// Why not: 21621 for media that the sender cannot carry, 21659 for a short code of another country, 21612 for a toll-free number or a
    /// number from outside that does not reach the recipient, and for an alphanumeric sender whose country takes none. Null when it can.
    /// </summary>
    public static ApiError? ApiError(PoolSender sender, RecipientAddress recipient, bool hasMedia)
    {
        if (hasMedia && !MediaCapability.Carries(sender, hasMedia)) return MessagingError.FromWithoutMms.ToApiError(sender.Address);
        if (sender.Type == SenderType.ShortCode && sender.Country != recipient.Country)
            return MessagingError.ShortCodeCountryMismatch.ToApiError(sender.Address);
        return !NorthAmericanReach.Reaches(sender.Type, sender.Country, recipient.Country)
            || (sender.Type == SenderType.Alphanumeric && AlphaSenderSupport.In(recipient.Country) == AlphaSupport.None)
            ? MessagingError.NotReachable.ToApiError(recipient.Value, sender.Address)
            : null;
    }
}
