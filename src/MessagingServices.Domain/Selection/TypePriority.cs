using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// RCS before short codes before alphanumeric senders before phone numbers. Long code and toll-free are one type, but in Canada toll-free
/// comes first. Source: https://www.twilio.com/docs/messaging/services#sender-selection.
/// </summary>
public static class TypePriority
{
    internal static RuleOutcome Apply(SelectionRequest request, PoolSender[] senders)
    {
        var best = int.MaxValue;
        foreach (var sender in senders) best = Math.Min(best, Rank(sender.Type, request.Country));
        return RuleOutcome.Where(senders, sender => Rank(sender.Type, request.Country) == best, sender => $"{Name(sender.Type)} comes later", Reason(best));
    }

    /// <summary>The place of a type in the order, 0 first.</summary>
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
