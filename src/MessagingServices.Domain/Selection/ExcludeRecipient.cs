namespace MessagingServices.Domain.Selection;

/// <summary>Removes the recipient's own number. With an explicit sender, the error is 21266.</summary>
internal static class ExcludeRecipient
{
    public static RuleOutcome? Apply(SelectionRequest request, Candidates senders)
    {
        var to = request.To.Value;
        var outcome = RuleOutcome.Where(senders, sender => sender.Address != to,
            _ => "is the recipient", "The recipient's own number cannot be the sender.");
        return outcome.RemovedCount > 0 ? outcome : null;
    }
}
