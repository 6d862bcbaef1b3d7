using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// A message that names its fallback sender goes out over RCS, or else from that sender, whether or not it is in the pool.
/// Source: https://www.twilio.com/docs/messaging/services#specify-a-fallback-sms-or-mms-sender.
/// </summary>
internal static class FallbackFrom
{
    public static RuleOutcome? Apply(SelectionRequest request, Candidates senders) => request.FallbackFrom is not { } fallback ? null
        : RuleOutcome.Where(senders, sender => sender.Type == SenderType.Rcs || sender == fallback,
            _ => $"FallbackFrom is {fallback.Address}", $"Where RCS does not reach, the message comes from its FallbackFrom, {fallback.Address}.");
}
