namespace MessagingServices.Domain.Clock;

/// <summary>What happens to an account when its clock reaches a time: things of one kind at one time.</summary>
/// <param name="Date">The time, on the clock of the account.</param>
/// <param name="Kind">What is due.</param>
/// <param name="Sid">The first of the things; null for a kind of things without a SID.</param>
/// <param name="Count">How many there are.</param>
public sealed record DueThing(DateTimeOffset Date, DueKind Kind, Sid? Sid, long Count)
{
    /// <summary>The first things of several lists, those of one kind and time together.</summary>
    /// <param name="things">The things in any order.</param>
    /// <param name="limit">The max number.</param>
    public static IReadOnlyList<DueThing> First(IEnumerable<DueThing> things, int limit) =>
    [
        .. things.GroupBy(thing => (thing.Date, thing.Kind))
            .OrderBy(group => group.Key.Date).ThenBy(group => group.Key.Kind).Take(limit)
            .Select(group => new DueThing(
                group.Key.Date, group.Key.Kind, group.First().Sid, group.Sum(thing => thing.Count))),
    ];
}

/// <summary>The kinds of things that wait for the clock of an account.</summary>
public enum DueKind
{
    /// <summary>A scheduled message is sent.</summary>
    ScheduledMessage,

    /// <summary>A message that waits for its turn at its sender is sent, or its validity ends first.</summary>
    QueuedMessage,

    /// <summary>The carrier reports the next status of a message.</summary>
    CarrierReport,

    /// <summary>The status of a brand changes.</summary>
    Brand,

    /// <summary>The identity of a brand is verified, after its approval.</summary>
    BrandIdentity,

    /// <summary>The status of a vetting changes.</summary>
    BrandVetting,

    /// <summary>The status of a campaign changes.</summary>
    Campaign,

    /// <summary>The status of a toll-free verification changes.</summary>
    TollfreeVerification,

    /// <summary>A rejected toll-free verification can no longer be edited.</summary>
    TollfreeEditPeriod,

    /// <summary>WhatsApp's approval of a content template changes.</summary>
    ContentApproval,

    /// <summary>A link to a media item ends.</summary>
    MediaLink,

    /// <summary>The 24-hour window of a WhatsApp conversation ends.</summary>
    WhatsappWindow,

    /// <summary>The cookies of an application's webhooks end.</summary>
    SessionCookies,
}
