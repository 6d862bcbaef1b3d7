namespace MessagingServices.Domain.Selection;

/// <summary>
/// Takes the least recently used sender, the earliest in the pool among those never used. Twilio says "a sender that isn't in use";
/// the exact rule is not published, this is its best reading.
/// </summary>
internal static class EvenSpread
{
    public static RuleOutcome Apply(SelectionRequest request, Candidates senders)
    {
        var chosen = senders.First;
        foreach (var sender in senders.Span)
            if (sender.LastUsed < chosen.LastUsed || (sender.LastUsed == chosen.LastUsed && sender.Ordinal < chosen.Ordinal)) chosen = sender;
        return RuleOutcome.Only(senders, chosen, other => other.LastUsed > chosen.LastUsed ? "used more recently" : "later in the pool",
            senders.Count == 1 ? "The only sender left." : "The least recently used sender.");
    }
}
