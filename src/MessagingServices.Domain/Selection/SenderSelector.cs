namespace MessagingServices.Domain.Selection;

/// <summary>
/// Selects a sender from a pool. Rules run one after the other, and each keeps some of the remaining senders. The first
/// rules remove senders that cannot reach the recipient or send the message. The others find the best sender. Source:
/// https://www.twilio.com/docs/messaging/services#sender-selection.
/// </summary>
public static class SenderSelector
{
    /// <summary>Decides about at least one sender; null if the rule does not apply.</summary>
    private delegate RuleOutcome? Rule(SelectionRequest request, Candidates senders);

    // The names are part of the API: every recorded selection contains them.
    private static readonly (string Name, Rule Apply)[] Rules =
    [
        ("ChannelGate", ChannelFilter.Apply),
        (nameof(TollFreeAdvice), TollFreeAdvice.Apply),
        (nameof(FallbackFrom), FallbackFrom.Apply),
        (nameof(RcsReach), RcsReach.Apply),
        ("NotTheRecipient", ExcludeRecipient.Apply),
        (nameof(MediaCapability), MediaCapability.Apply),
        (nameof(NorthAmericanReach), NorthAmericanReach.Apply),
        (nameof(ShortCodeCountry), ShortCodeCountry.Apply),
        (nameof(AlphaSenderCountry), AlphaSenderCountry.Apply),
        (nameof(A2pRegistration), A2pRegistration.Apply),
        (nameof(TollFreeVerified), TollFreeVerified.Apply),
        ("StickySender", StickySenderRule.Apply),
        (nameof(TypePriority), TypePriority.Apply),
        (nameof(CountryGeomatch), CountryGeomatch.Apply),
        (nameof(AreaCodeGeomatch), AreaCodeGeomatch.Apply),
        ("EvenSpread", LeastRecentlyUsed.Apply),
    ];

    /// <summary>Selects a sender for one message. It is deterministic: equal input gives an equal result.</summary>
    /// <param name="request">The recipient, the content and the history.</param>
    /// <param name="pool">The senders of the Messaging Service, with their last use.</param>
    public static SenderChoice Select(SelectionRequest request, SenderPool pool)
    {
        var senders = pool.With(request.FallbackFrom);
        var trail = new List<(string, RuleOutcome)>(Rules.Length);
        if (senders.Count == 0) return new SenderChoice.NoSender(MessagingError.EmptyPool, trail);
        foreach (var (name, apply) in Rules)
        {
            if (apply(request, senders) is not { } outcome) continue;
            trail.Add((name, outcome));
            senders = outcome.Kept;
            if (senders.Count > 0) continue;
            return new SenderChoice.NoSender(
                name == nameof(TollFreeVerified) ? MessagingError.TollFreeNotVerified : MessagingError.NoUsableSender,
                trail);
        }

        return new SenderChoice.Chosen(senders.First, trail);
    }
}
