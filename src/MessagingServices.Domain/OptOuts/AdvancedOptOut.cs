namespace MessagingServices.Domain.OptOuts;

/// <summary>
/// A Messaging Service's own keywords and replies. Switched off, they are kept and the default ones hold.
/// Source: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out. Twilio has it in its Console only, and switches it off by hand.
/// </summary>
/// <param name="messagingServiceSid">The Messaging Service.</param>
public sealed class AdvancedOptOut(Sid messagingServiceSid)
{
    /// <summary>The most overrides of one Messaging Service.</summary>
    public const int MaxOverrides = 100;

    /// <summary>The Messaging Service.</summary>
    public Sid MessagingServiceSid { get; private init; } = messagingServiceSid;

    /// <summary>Whether it is on: for all senders of the pool, also short codes and WhatsApp, which have no keywords by default.</summary>
    public bool Enabled { get; set; }

    /// <summary>What holds where no override has the keyword. It always has <see cref="OptOutKeywords.Fixed"/>.</summary>
    public KeywordSet Standard { get; private set; } = OptOutKeywords.Default;

    /// <summary>
    /// What holds for a country, a language, or a language of a country; ordered by country and language, those for one language everywhere first.
    /// </summary>
    public IReadOnlyList<KeywordOverride> Overrides { get; private set; } = [];

    /// <summary>
    /// Finds a keyword: among the overrides of the country, in whichever of its languages; then among those of a language only, in alphabetical
    /// order; then in the standard set. The reply is that of the set that has the keyword. Null when none has it.
    /// </summary>
    /// <param name="keyword">The word.</param>
    /// <param name="country">The country of the number that received it; null for none.</param>
    public KeywordMatch? Match(string keyword, string? country) =>
        First(Overrides.Where(one => one.IsoCountry is not null && one.IsoCountry == country), keyword)
        ?? First(Overrides.Where(one => one.IsoCountry is null), keyword)
        ?? Standard.Match(keyword);

    /// <summary>Changes the standard set, or with a country or language its override, which is made when there is none and removed when nothing is left.</summary>
    /// <param name="isoCountry">The override's country.</param>
    /// <param name="language">The override's language.</param>
    /// <param name="change">What becomes of the set; an empty one stands for an override that is not there yet.</param>
    /// <returns>Why not (20001), and then nothing is changed: a list, keyword or reply out of bounds, or a keyword that is in two places.</returns>
    public ApiError? Change(string? isoCountry, string? language, Func<KeywordSet, KeywordSet> change)
    {
        if (isoCountry is null && language is null)
        {
            var standard = change(Standard).WithFixed();
            if (standard.Check() is { } bad) return bad;
            Standard = standard;
            return null;
        }

        var present = Overrides.FirstOrDefault(one => one.IsFor(isoCountry, language));
        var changed = (present ?? new(isoCountry, language, new())) with { Set = change(present?.Set ?? new()) };
        if (changed.Set.Check() is { } refusal) return refusal;
        var others = Overrides.Where(one => one != present).ToList();
        if (isoCountry is not null && others.Where(one => one.IsoCountry == isoCountry).SelectMany(one => one.Set.All)
            .Select(row => row.Keyword).FirstOrDefault(word => changed.Set.Match(word) is not null) is { } taken)
            return MessagingError.BadParameter.ToApiError($"The keyword '{taken}' is in another language of {isoCountry}");
        if (others.Count == MaxOverrides && !changed.Set.IsEmpty)
            return MessagingError.BadParameter.ToApiError($"There are {MaxOverrides} overrides already");
        if (!changed.Set.IsEmpty) others.Add(changed);
        Overrides = [.. others.OrderBy(one => one.IsoCountry, StringComparer.Ordinal).ThenBy(one => one.Language, StringComparer.OrdinalIgnoreCase)];
        return null;
    }

    private static KeywordMatch? First(IEnumerable<KeywordOverride> overrides, string keyword) =>
        overrides.Select(one => one.Set.Match(keyword)).FirstOrDefault(match => match is not null);
}
