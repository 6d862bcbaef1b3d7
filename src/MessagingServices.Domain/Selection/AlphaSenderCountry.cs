using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// An alphanumeric sender is used where the recipient's country supports it and the pool has no short code of that country. A sender for
/// that very country comes before the default one: Twilio does not say so, but there is no other use of it.
/// Source: https://www.twilio.com/docs/messaging/services/alphanumeric-sender-ids-in-messaging-services.
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
                _ => $"{request.CountryName} takes no alphanumeric senders", $"{request.CountryName} takes no alphanumeric senders.");
        if (senders.Find(sender => sender.Type == SenderType.ShortCode && sender.Country == country) is { } shortCode)
            return RuleOutcome.Where(senders, sender => !IsAlpha(sender),
                _ => $"the pool has a short code of {country}, {shortCode.Address}", $"The pool has a short code of {country}: no alphanumeric sender.");

        var hasOwn = senders.Any(sender => IsAlpha(sender) && sender.Country == country);
        return RuleOutcome.Where(senders, sender => !IsAlpha(sender) || sender.Country == (hasOwn ? country : null),
            sender => sender.Country is null ? $"the pool has an alphanumeric sender for {country}" : $"an alphanumeric sender for {sender.Country}",
            hasOwn ? $"The alphanumeric sender for {country} comes before the default one." : $"{country} takes alphanumeric senders.")
            .Warn(AlphaSenderSupport.Warning(country, support));
    }

    private static bool IsAlpha(PoolSender sender) => sender.Type == SenderType.Alphanumeric;
}
