namespace MessagingServices.Domain.Selection;

/// <summary>
/// Selects a sender from a pool: the rules one after the other, each keeping some of the senders that the one before it kept. First the
/// senders that cannot reach the recipient or carry the message are taken out, then the best of the others is found.
/// Source: https://www.twilio.com/docs/messaging/services#sender-selection.
/// </summary>
public static class SenderSelector
{
    /// <summary>Decides about one or more senders; null when the rule has nothing to say.</summary>
    private delegate RuleOutcome? Rule(SelectionRequest request, Candidates senders);

    // The names are part of the API: they are in every recorded selection.
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
        ("StickySender", StickySenderRule.Apply),
        (nameof(TypePriority), TypePriority.Apply),
        (nameof(CountryGeomatch), CountryGeomatch.Apply),
        (nameof(AreaCodeGeomatch), AreaCodeGeomatch.Apply),
        ("EvenSpread", LeastRecentlyUsed.Apply),
    ];

    /// <summary>Selects a sender of the pool for one message. The same pool, history and request give the same choice.</summary>
    /// <param name="request">The recipient, the content and the history.</param>
    /// <param name="pool">The senders of the Messaging Service, with when each was last used.</param>
    public static SenderChoice Select(SelectionRequest request, SenderPool pool)
    {
        var senders = pool.With(request.FallbackFrom);
        var trail = new List<(string, RuleOutcome)>(Rules.Length);
        if (senders.Count == 0) return new SenderChoice.Refused(MessagingError.EmptyPool, trail);
        foreach (var (name, apply) in Rules)
        {
            if (apply(request, senders) is not { } outcome) continue;
            trail.Add((name, outcome));
            senders = outcome.Kept;
            if (senders.Count == 0) return new SenderChoice.Refused(MessagingError.NoUsableSender, trail);
        }

        return new SenderChoice.Chosen(senders.First, trail);
    }
}
