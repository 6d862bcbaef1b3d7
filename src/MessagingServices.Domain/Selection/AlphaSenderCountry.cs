using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Removes alphanumeric senders if the recipient's country does not support them, and those of other countries.
/// <see cref="TypePriority"/> prefers short codes to them; <see cref="CountryGeomatch"/> prefers the country's own
/// sender to the default one. Source:
/// https://www.twilio.com/docs/messaging/services/alphanumeric-sender-ids-in-messaging-services.
/// </summary>
internal static class AlphaSenderCountry
{
    public static RuleOutcome? Apply(SelectionRequest request, Candidates senders)
    {
        if (!senders.Has(SenderType.Alphanumeric)) return null;
        var country = request.Country;
        var support = AlphaSenderSupport.In(country);
        if (support == AlphaSupport.None)
            return RuleOutcome.Where(senders, sender => !IsAlpha(sender),
                _ => $"{request.CountryName} takes no alphanumeric senders",
                $"{request.CountryName} takes no alphanumeric senders.");
        var outcome = RuleOutcome.Where(senders,
            sender => !IsAlpha(sender) || sender.Country is null || sender.Country == country,
            sender => $"an alphanumeric sender for {sender.Country}", $"{country} takes alphanumeric senders.");
        return outcome.Kept.Has(SenderType.Alphanumeric)
            ? outcome.Warn(AlphaSenderSupport.Warning(country, support))
            : outcome;
    }

    private static bool IsAlpha(PoolSender sender) => sender.Type == SenderType.Alphanumeric;
}
