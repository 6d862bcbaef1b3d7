namespace MessagingServices.Domain.OptOuts;

/// <summary>
/// The keywords and replies of a Messaging Service. While it is disabled, it is kept and the default keywords apply.
/// Twilio has it only in its Console. Source: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out.
/// </summary>
public sealed class AdvancedOptOut(Sid messagingServiceSid)
{
    /// <summary>The maximum number of overrides of one Messaging Service.</summary>
    public const int MaxOverrides = 100;

    public Sid MessagingServiceSid { get; private init; } = messagingServiceSid;

    /// <summary>
    /// Whether it is on. It then applies to all senders of the pool, including short codes and WhatsApp senders, which
    /// have no keywords by default.
    /// </summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// The keywords that apply if no override contains the word. It always contains <see cref="OptOutKeywords.Fixed"/>.
    /// </summary>
    public KeywordSet Standard { get; private set; } = OptOutKeywords.Default;

    /// <summary>
    /// The keywords for a country, a language, or both, ordered by country and language. Overrides without a country
    /// come first.
    /// </summary>
    public IReadOnlyList<KeywordOverride> Overrides { get; private set; } = [];

    /// <summary>
    /// Finds a keyword in this order: the overrides of the country, in all its languages; the overrides without a
    /// country, by language; the standard set. Null if no set contains it.
    /// </summary>
    /// <param name="keyword">The word, in any case.</param>
    /// <param name="country">The ISO 3166 code of the receiving number's country; null for nitem.</param>
    public KeywordMatch? Match(string keyword, string? country) =>
        First(Overrides.Where(item => item.IsoCountry is not null && item.IsoCountry == country), keyword)
        ?? First(Overrides.Where(item => item.IsoCountry is null), keyword)
        ?? Standard.Match(keyword);

    /// <summary>
    /// Changes the standard set, or the override of a country and a language. A missing override is created. An empty
    /// one is removed.
    /// </summary>
    /// <param name="isoCountry">The override's country; null for nitem.</param>
    /// <param name="language">The override's language; null for nitem.</param>
    /// <param name="change">Returns the new set. Its argument is an empty set if the override does not exist.</param>
    /// <returns>Null, or the error 20001 and no change: a list, keyword or reply out of bounds, or a keyword in two
    /// places.</returns>
    public ApiError? Change(string? isoCountry, string? language, Func<KeywordSet, KeywordSet> change)
    {
        if (isoCountry is null && language is null)
        {
            var standard = change(Standard).WithFixed();
            if (standard.Check() is { } bad) return bad;
            Standard = standard;
            return null;
        }

        var present = Overrides.FirstOrDefault(item => item.IsFor(isoCountry, language));
        var changed = (present ?? new(isoCountry, language, new())) with { Set = change(present?.Set ?? new()) };
        if (changed.Set.Check() is { } error) return error;
        var others = Overrides.Where(item => item != present).ToList();
        if (isoCountry is not null
            && others.Where(item => item.IsoCountry == isoCountry).SelectMany(item => item.Set.All)
            .Select(row => row.Keyword).FirstOrDefault(word => changed.Set.Match(word) is not null) is { } taken)
            return MessagingError.BadParameter.ToApiError(
                $"The keyword '{taken}' is in another language of {isoCountry}");
        if (others.Count == MaxOverrides && !changed.Set.IsEmpty)
            return MessagingError.BadParameter.ToApiError($"There are {MaxOverrides} overrides already");
        if (!changed.Set.IsEmpty) others.Add(changed);
        Overrides =
        [
            .. others.OrderBy(item => item.IsoCountry, StringComparer.Ordinal)
                .ThenBy(item => item.Language, StringComparer.OrdinalIgnoreCase),
        ];
        return null;
    }

    private static KeywordMatch? First(IEnumerable<KeywordOverride> overrides, string keyword) =>
        overrides.Select(item => item.Set.Match(keyword)).FirstOrDefault(match => match is not null);
}
