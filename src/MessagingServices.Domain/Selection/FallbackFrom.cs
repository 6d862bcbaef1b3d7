using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Keeps RCS senders and the fallback sender that the message names, in the pool or not. Source:
/// https://www.twilio.com/docs/messaging/services#specify-a-fallback-sms-or-mms-sender.
/// </summary>
internal static class FallbackFrom
{
    public static RuleOutcome? Apply(SelectionRequest request, Candidates senders) =>
        request.FallbackFrom is not { } fallback ? null
        : RuleOutcome.Where(senders, sender => sender.Type == SenderType.Rcs || sender == fallback,
            _ => $"FallbackFrom is {fallback.Address}",
            $"Where RCS does not reach, the message comes from its FallbackFrom, {fallback.Address}.");
}
