namespace MessagingServices.Domain.Senders;

/// <summary>A message with media needs a sender that sends MMS, one without needs SMS, whatever the MMS Converter would make of it.</summary>
internal static class MediaCapability
{
    public static RuleOutcome Apply(SelectionRequest request, IReadOnlyList<PoolSender> senders)
    {
        var needed = request.HasMedia ? SenderCapabilities.Mms : SenderCapabilities.Sms;
        var name = request.HasMedia ? "MMS" : "SMS";
        return RuleOutcome.Where(senders, sender => sender.Capabilities.HasFlag(needed), _ => $"cannot send {name}",
            $"The message needs a sender that can send {name}.");
    }
}
