using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Prefers types in this order: RCS, short code, alphanumeric sender, phone number. Long codes and toll-free numbers
/// are one type, except in Canada, where toll-free numbers come first. Source:
/// https://www.twilio.com/docs/messaging/services#sender-selection.
/// </summary>
public static class TypePriority
{
    private static readonly SenderType[] Types = Enum.GetValues<SenderType>();

    internal static RuleOutcome Apply(SelectionRequest request, Candidates senders)
    {
        var best = int.MaxValue;
        var isMixed = false;
        foreach (var type in Types)
        {
            if (!senders.Has(type)) continue;
            var rank = Rank(type, request.Country);
            isMixed |= best != int.MaxValue && rank != best;
            best = Math.Min(best, rank);
        }

        if (!isMixed) return RuleOutcome.All(senders, Reason(best));
        return RuleOutcome.Where(senders, sender => Rank(sender.Type, request.Country) == best,
            sender => $"{Name(sender.Type)} comes later", Reason(best));
    }

    /// <summary>The position of a type in the order, 0 first.</summary>
    public static int Rank(SenderType type, string? recipientCountry) => type switch
    {
        SenderType.Rcs or SenderType.WhatsApp => 0,
        SenderType.ShortCode => 1,
        SenderType.Alphanumeric => 2,
        SenderType.TollFree => recipientCountry == "CA" ? 3 : 4,
        SenderType.LongCode => 4,
    };

    private static string Reason(int best) => best switch
    {
        0 => "RCS comes first; on WhatsApp there is one type.",
        1 => "Short codes come first here.",
        2 => "Alphanumeric senders come first here.",
        3 => "In Canada toll-free numbers come before long codes.",
        _ => "Phone numbers, long codes and toll-free ones alike.",
    };

    private static string Name(SenderType type) => type switch
    {
        SenderType.Rcs => "RCS",
        SenderType.WhatsApp => "WhatsApp",
        SenderType.ShortCode => "a short code",
        SenderType.Alphanumeric => "an alphanumeric sender",
        SenderType.TollFree => "a toll-free number",
        SenderType.LongCode => "a long code",
    };
}
