namespace MessagingServices.Domain.OptOuts;

/// <summary>
/// Keywords of each type with their replies. Keywords are compared without case and stored unchanged.
/// </summary>
public sealed record KeywordSet
{
    /// <summary>The maximum number of keywords in one list.</summary>
    public const int MaxKeywords = 100;

    /// <summary>The maximum length of a keyword, in UTF-16 units.</summary>
    public const int MaxKeywordLength = 40;

    /// <summary>The maximum length of a reply, in UTF-16 units.</summary>
    public const int MaxReplyLength = 1_600;

    public IReadOnlyList<string> OptOutKeywords { get; init; } = [];

    public IReadOnlyList<string> OptInKeywords { get; init; } = [];

    public IReadOnlyList<string> HelpKeywords { get; init; } = [];

    /// <summary>The reply to an opt-out; empty for none.</summary>
    public string OptOutReply { get; init; } = "";

    /// <summary>The reply to an opt-in; empty for none.</summary>
    public string OptInReply { get; init; } = "";

    /// <summary>The reply to a request for help; empty for none.</summary>
    public string HelpReply { get; init; } = "";

    /// <summary>Whether it has neither keywords nor replies.</summary>
    public bool IsEmpty => !All.Any() && OptOutReply.Length + OptInReply.Length + HelpReply.Length == 0;

    internal IEnumerable<(OptOutType Type, string Keyword)> All =>
        Enum.GetValues<OptOutType>().SelectMany(type => Keywords(type).Select(word => (type, word)));

    public IReadOnlyList<string> Keywords(OptOutType type) => type switch
    {
        OptOutType.Stop => OptOutKeywords,
        OptOutType.Start => OptInKeywords,
        OptOutType.Help => HelpKeywords,
    };

    /// <summary>The reply to keywords of a type; empty for none.</summary>
    public string Reply(OptOutType type) => type switch
    {
        OptOutType.Stop => OptOutReply,
        OptOutType.Start => OptInReply,
        OptOutType.Help => HelpReply,
    };

    /// <summary>The type and the reply of a keyword; null if the set does not contain it.</summary>
    public KeywordMatch? Match(string keyword)
    {
        foreach (var type in Enum.GetValues<OptOutType>())
            if (Keywords(type).Contains(keyword, StringComparer.OrdinalIgnoreCase)) return new(type, Reply(type));
        return null;
    }

    /// <summary>
    /// Parses keywords separated by commas. It drops white space around them, empty ones and duplicates.
    /// </summary>
    public static IReadOnlyList<string> Read(string keywords) =>
    [
        .. keywords.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>A copy with the keywords that a standard set always contains.</summary>
    internal KeywordSet WithFixed() => this with
    {
        OptOutKeywords = WithFixed(OptOutType.Stop),
        OptInKeywords = WithFixed(OptOutType.Start),
        HelpKeywords = WithFixed(OptOutType.Help),
    };

    /// <summary>The error 20001 with the invalid keyword; null if the set is valid.</summary>
    internal ApiError? Check()
    {
        foreach (var type in Enum.GetValues<OptOutType>())
        {
            if (Keywords(type).Count > MaxKeywords)
                return Bad($"There are more than {MaxKeywords} keywords in one list");
            if (Reply(type).Length > MaxReplyLength) return Bad($"A reply exceeds {MaxReplyLength} characters");
        }

        if (All.FirstOrDefault(row => !IsKeyword(row.Keyword)) is { Keyword: { } bad })
            return Bad($"'{bad}' is not a keyword: one word of at most {MaxKeywordLength} characters");
        if (All.FirstOrDefault(row => IsFixedElsewhere(row.Type, row.Keyword)) is { Keyword: { } taken })
            return Bad($"The keyword '{taken}' always has another purpose");
        return All.GroupBy(row => row.Keyword, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1) is { } twice
            ? Bad($"The keyword '{twice.Key}' is in more than one list")
            : null;

        static ApiError Bad(string text) => MessagingError.BadParameter.ToApiError(text);
    }

    private static bool IsFixedElsewhere(OptOutType type, string keyword) =>
        Domain.OptOuts.OptOutKeywords.Fixed.Any(known => known.Keyword.Is(keyword) && known.Type != type);

    private static bool IsKeyword(string text) =>
        text.Length is > 0 and <= MaxKeywordLength
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == ',');

    private List<string> WithFixed(OptOutType type)
    {
        var keywords = Keywords(type);
        return
        [
            .. Domain.OptOuts.OptOutKeywords.Fixed.Where(known => known.Type == type).Select(known => known.Keyword)
                .Where(known => !keywords.Contains(known, StringComparer.OrdinalIgnoreCase)),
            .. keywords,
        ];
    }
}

/// <summary>A keyword that was found.</summary>
/// <param name="Reply">The reply; empty for none.</param>
public sealed record KeywordMatch(OptOutType Type, string Reply);

/// <summary>Keywords and replies for a country, a language, or both.</summary>
/// <param name="IsoCountry">The ISO 3166 code; null for all countries.</param>
/// <param name="Language">The name or code of the language, as in the request; null for all.</param>
public sealed record KeywordOverride(string? IsoCountry, string? Language, KeywordSet Set)
{
    /// <summary>The maximum length of a language's name, in characters.</summary>
    public const int MaxLanguageLength = 35;

    /// <summary>Whether the override is for exactly this country and language.</summary>
    public bool IsFor(string? isoCountry, string? language) =>
        IsoCountry == isoCountry && string.Equals(Language, language, StringComparison.OrdinalIgnoreCase);
}
