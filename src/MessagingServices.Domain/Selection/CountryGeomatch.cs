using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Prefers senders of the recipient's country. Always on. Without one, SMS prefers a US number and then takes any; RCS
/// and WhatsApp take any. The countries of an RCS sender are those that had approved it when it joined the pool. A
/// toll-free number is local in the US and Canada. An alphanumeric sender for the country wins over the default one,
/// which Twilio does not define. <see cref="ShortCodeCountry"/> has already removed foreign short codes. Source:
/// https://www.twilio.com/docs/messaging/services#country-code-geomatch.
/// </summary>
internal static class CountryGeomatch
{
    public static RuleOutcome? Apply(SelectionRequest request, Candidates senders)
    {
        // After type priority there is one type left, or long codes with toll-free numbers.
        var type = senders.First.Type;
        if (type == SenderType.ShortCode) return null;
        var country = request.Country;
        if (senders.Any(IsLocal))
            return RuleOutcome.Where(senders, IsLocal, WhyNot,
                $"A sender of the recipient's country, {request.CountryName}, is preferred.");
        if (type == SenderType.Alphanumeric)
            return RuleOutcome.All(senders,
                $"No alphanumeric sender is for {request.CountryName} alone: the default one.");
        if (type is SenderType.Rcs or SenderType.WhatsApp)
            return RuleOutcome.All(senders,
                $"No sender is of the recipient's country, {request.CountryName}: any will do, "
                + "since the message goes over the internet.");
        return senders.Any(IsUs)
            ? RuleOutcome.Where(senders, IsUs, WhyNot,
                $"No number is of the recipient's country, {request.CountryName}: a US number comes next.")
            : RuleOutcome.All(senders,
                $"Neither a number of the recipient's country, {request.CountryName}, nor a US number: any number.");

        bool IsLocal(PoolSender sender) => IsOf(sender, country);

        static bool IsUs(PoolSender sender) => sender.Country == "US";

        static string WhyNot(PoolSender sender) => sender.Type == SenderType.Rcs
            ? "approved in "
                + (sender.ApprovedCountries.Count == 0 ? "no country" : string.Join(", ", sender.ApprovedCountries))
            : sender.Type == SenderType.Alphanumeric ? "for all countries"
            : sender.Country is null ? "of no country" : $"of {sender.Country}";
    }

    /// <summary>Whether a sender counts as one of the recipient's country.</summary>
    public static bool IsOf(PoolSender sender, string? recipientCountry) =>
        recipientCountry is not null && sender.Type switch
    {
        SenderType.TollFree => NorthAmericanReach.IsUsOrCanada(recipientCountry),
        SenderType.Rcs => sender.ApprovedCountries.Contains(recipientCountry),
        SenderType.WhatsApp or SenderType.ShortCode or SenderType.Alphanumeric or SenderType.LongCode =>
            sender.Country == recipientCountry,
    };
}
