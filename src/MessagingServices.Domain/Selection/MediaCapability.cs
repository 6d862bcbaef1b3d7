using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Keeps senders that support MMS, RCS or WhatsApp for a message with media, and senders that support SMS for other
/// messages. The MMS Converter runs later: the carrier's MMS support is checked only if an MMS sender is found. Without
/// MMS support, selection runs again for an SMS. Source: https://www.twilio.com/docs/messaging/services#mms-converter.
/// </summary>
public static class MediaCapability
{
    internal static RuleOutcome Apply(SelectionRequest request, Candidates senders)
    {
        if (request.IsConverted)
        {
            return RuleOutcome.Where(senders, sender => Carries(sender, hasMedia: false), _ => "cannot send SMS",
                "The recipient's carrier takes no MMS: the MMS Converter makes it an SMS, "
                + "for senders that carry text.");
        }

        var name = request.HasMedia ? "MMS" : "SMS";
        return RuleOutcome.Where(senders, sender => Carries(sender, request.HasMedia), _ => $"cannot send {name}",
            request.HasMedia
                ? "The message has media: senders that carry them."
                : "The message is text: senders that carry it.");
    }

    /// <summary>Whether the sender supports a message with or without media.</summary>
    public static bool Carries(PoolSender sender, bool hasMedia) => sender.Type is SenderType.Rcs or SenderType.WhatsApp
        || (sender.Capabilities & (hasMedia ? SenderCapabilities.Mms : SenderCapabilities.Sms)) != 0;
}
