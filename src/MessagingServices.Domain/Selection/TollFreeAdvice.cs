using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Keeps all senders and warns if a pool has several toll-free numbers, because carriers may block them. Source:
/// https://www.twilio.com/docs/messaging/services#sender-selection.
/// </summary>
public static class TollFreeAdvice
{
    /// <summary>The text of the warning.</summary>
    public const string Text = "More than one toll-free number in one sender pool can get them blocked.";

    internal static RuleOutcome? Apply(SelectionRequest request, Candidates senders)
    {
        if (!senders.Has(SenderType.TollFree)) return null;
        var count = 0;
        // A fallback sender outside the pool comes after the members.
        var pool = senders.First.MessagingServiceSid;
        foreach (var sender in senders.Span)
            if (sender.Type == SenderType.TollFree && sender.MessagingServiceSid == pool) count++;
        return count < 2 ? null : RuleOutcome.All(senders, "All senders stay; the operator is warned.").Warn(Text);
    }
}
