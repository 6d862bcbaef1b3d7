namespace MessagingServices.Domain.Senders;

/// <summary>A recipient on WhatsApp or RCS is reached by senders of that channel only; phone numbers send SMS and MMS.</summary>
internal static class ChannelGate
{
    public static RuleOutcome Apply(SelectionRequest request, IReadOnlyList<PoolSender> senders)
    {
        var channel = request.To.Channel;
        return RuleOutcome.Where(senders, _ => channel == Channel.Sms,
            _ => $"sends SMS, not {channel}", channel == Channel.Sms ? "The recipient takes SMS." : $"No sender of the pool sends {channel}.");
    }
}
