using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// A message with media needs a sender that carries them (RCS, WhatsApp, or a number or short code with MMS), whatever the MMS Converter
/// would make of it; one without needs SMS. Source: https://www.twilio.com/docs/messaging/services#mms-converter.
/// </summary>
public static class MediaCapability
{
    internal static RuleOutcome Apply(SelectionRequest request, Candidates senders)
    {
        var name = request.HasMedia ? "MMS" : "SMS";
        return RuleOutcome.Where(senders, sender => Carries(sender, request.HasMedia), _ => $"cannot send {name}",
            request.HasMedia ? "The message has media: senders that carry them." : "The message is text: senders that carry it.");
    }

    /// <summary>Whether the sender can carry a message with or without media.</summary>
    public static bool Carries(PoolSender sender, bool hasMedia) => sender.Type is SenderType.Rcs or SenderType.WhatsApp
        || (sender.Capabilities & (hasMedia ? SenderCapabilities.Mms : SenderCapabilities.Sms)) != 0;
}
