namespace MessagingServices.Domain.Senders;

/// <summary>
/// Prefers senders of the recipient's country, then US numbers, then any. Always on. Recipients in the US and Canada are reached from
/// numbers of those two countries only, and a toll-free number reaches nobody outside them.
/// Sources: https://www.twilio.com/docs/messaging/services#country-code-geomatch, https://www.twilio.com/docs/api/errors/21703.
/// </summary>
internal static class CountryGeomatch
{
    public static RuleOutcome Apply(SelectionRequest request, IReadOnlyList<PoolSender> senders)
    {
        var country = request.Country;
        var northAmerica = IsUsOrCanada(country);
        if (senders.Any(IsLocal))
            return Keep(IsLocal, $"A sender of the recipient's country, {country}, is preferred.");
        if (senders.Any(IsUs))
            return Keep(IsUs, $"No sender is of the recipient's country, {country ?? "unknown"}: a US number comes next.");
        return northAmerica
            ? Keep(sender => IsUsOrCanada(sender.Country), $"Recipients in {country} are reached from US and Canadian numbers only.")
            : senders.All(sender => sender.IsTollFree)
                ? Keep(_ => false, $"Toll-free numbers reach the US and Canada only, not {country ?? "an unknown country"}.")
                : Keep(sender => !sender.IsTollFree, $"Neither a sender of the recipient's country, {country ?? "unknown"}, nor a US number: any number.");

        bool IsLocal(PoolSender sender) => sender.IsTollFree ? northAmerica : country is not null && sender.Country == country;

        static bool IsUs(PoolSender sender) => sender.Country == "US";

        RuleOutcome Keep(Func<PoolSender, bool> keep, string reason) => RuleOutcome.Where(senders, keep, WhyNot, reason);

        string WhyNot(PoolSender sender) => sender switch
        {
            { IsTollFree: true } => "toll-free, which reaches the US and Canada only",
            { Country: null } => "of no country",
            _ => $"of {sender.Country}",
        };
    }

    private static bool IsUsOrCanada(string? country) => country is "US" or "CA";
}
