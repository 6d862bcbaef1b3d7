using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>Nobody is sent a message from the own number; with an explicit sender that is refused with 21266.</summary>
internal static class NotTheRecipient
{
    public static RuleOutcome? Apply(SelectionRequest request, PoolSender[] senders)
    {
        var outcome = RuleOutcome.Where(senders, sender => sender.Address != request.To.Value,
            _ => "is the recipient", "The recipient's own number cannot be the sender.");
        return outcome.RemovedCount > 0 ? outcome : null;
    }
}
