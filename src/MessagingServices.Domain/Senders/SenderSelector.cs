namespace MessagingServices.Domain.Senders;

/// <summary>
/// Selects a sender from a pool: the rules one after the other, each keeping some of the senders that the one before it kept.
/// Source: https://www.twilio.com/docs/messaging/services#sender-selection.
/// </summary>
public static class SenderSelector
{
    private delegate RuleOutcome Rule(SelectionRequest request, IReadOnlyList<PoolSender> senders);

    private static readonly (string Name, Rule Apply)[] Rules =
    [
        (nameof(ChannelGate), ChannelGate.Apply),
        (nameof(NotTheRecipient), NotTheRecipient.Apply),
        (nameof(MediaCapability), MediaCapability.Apply),
        (nameof(CountryGeomatch), CountryGeomatch.Apply),
        (nameof(EvenSpread), EvenSpread.Apply),
    ];

    /// <summary>Selects a sender of the pool for one message. The same pool, history and request give the same choice.</summary>
    /// <param name="request">The recipient and the content.</param>
    /// <param name="pool">The senders of the Messaging Service, with when each was last used.</param>
    public static SenderChoice Select(SelectionRequest request, IReadOnlyList<PoolSender> pool)
    {
        if (pool.Count == 0) return new SenderChoice.Refused(MessagingError.EmptyPool, "The sender pool is empty.", []);
        var steps = new List<SelectionStep>(Rules.Length);
        var senders = pool;
        var reasons = new List<string>(Rules.Length);
        foreach (var (name, apply) in Rules)
        {
            var outcome = apply(request, senders);
            steps.Add(new(name, [.. outcome.Kept.Select(sender => sender.Address)], outcome.Removed));
            if (outcome.Kept.Count == 0) return new SenderChoice.Refused(MessagingError.NoUsableSender, outcome.Reason, steps);
            if (outcome.Removed.Count > 0 || apply == Rules[^1].Apply) reasons.Add(outcome.Reason);
            senders = outcome.Kept;
        }
        return new SenderChoice.Chosen(senders[0], string.Join(' ', reasons), steps);
    }
}

/// <summary>What one rule decided.</summary>
/// <param name="Kept">The senders that pass, in the order they came in.</param>
/// <param name="Removed">The senders that do not, with the reason of each.</param>
/// <param name="Reason">The decision in one sentence, for people.</param>
internal sealed record RuleOutcome(IReadOnlyList<PoolSender> Kept, IReadOnlyList<RemovedSender> Removed, string Reason)
{
    /// <summary>Everything passes.</summary>
    public static RuleOutcome All(IReadOnlyList<PoolSender> senders, string reason) => new(senders, [], reason);

    /// <summary>Keeps the senders that satisfy <paramref name="keep"/>; the others are removed because of <paramref name="why"/>.</summary>
    public static RuleOutcome Where(
        IReadOnlyList<PoolSender> senders, Func<PoolSender, bool> keep, Func<PoolSender, string> why, string reason)
    {
        List<PoolSender> kept = [];
        List<RemovedSender> removed = [];
        foreach (var sender in senders)
            if (keep(sender)) kept.Add(sender);
            else removed.Add(new(sender.Address, why(sender)));
        return new(kept, removed, reason);
    }
}
