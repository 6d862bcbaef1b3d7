using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Keeps US, Canadian and toll-free numbers for recipients in the US and Canada, and removes toll-free numbers for all
/// others. Other numbers with +1, such as those of Puerto Rico and Jamaica, count as foreign. Source:
/// https://www.twilio.com/docs/api/errors/21703.
/// </summary>
internal static class NorthAmericanReach
{
    public static RuleOutcome? Apply(SelectionRequest request, Candidates senders)
    {
        if (request.IsUsOrCanada ? !senders.Has(SenderType.LongCode) : !senders.Has(SenderType.TollFree)) return null;
        var outcome = RuleOutcome.Where(senders, sender => Reaches(sender.Type, sender.Country, request.Country), Why,
            request.IsUsOrCanada
                ? "Of phone numbers, those of the US and Canada and toll-free ones reach the recipient."
                : "Toll-free numbers reach the US and Canada only.");
        return outcome.RemovedCount > 0 ? outcome : null;

        string Why(PoolSender sender) => sender.Type == SenderType.TollFree
            ? "toll-free, which reaches the US and Canada only"
            : $"a number of {sender.Country ?? "no country"}, which does not reach {request.Country}";
    }

    /// <summary>Whether this rule allows a sender of the type and country for the recipient.</summary>
    public static bool Reaches(SenderType type, string? senderCountry, string? recipientCountry) => type switch
    {
        SenderType.LongCode => !IsUsOrCanada(recipientCountry) || IsUsOrCanada(senderCountry),
        SenderType.TollFree => IsUsOrCanada(recipientCountry),
        SenderType.Rcs or SenderType.WhatsApp or SenderType.ShortCode or SenderType.Alphanumeric => true,
    };

    public static bool IsUsOrCanada(string? country) => country is "US" or "CA";
}
