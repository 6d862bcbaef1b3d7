namespace MessagingServices.Domain.OptOuts;

/// <summary>Keywords of each kind, and what is replied to them. Keywords are compared in any case and shown as they were given.</summary>
public sealed record KeywordSet
{
    /// <summary>The most keywords of one list.</summary>
    public const int MaxKeywords = 100;

    /// <summary>The longest keyword, in UTF-16 units.</summary>
    public const int MaxKeywordLength = 40;

    /// <summary>The longest reply, in UTF-16 units.</summary>
    public const int MaxReplyLength = 1_600;

    /// <summary>What opts out.</summary>
    public IReadOnlyList<string> OptOutKeywords { get; init; } = [];

    /// <summary>What opts in again.</summary>
    public IReadOnlyList<string> OptInKeywords { get; init; } = [];

    /// <summary>What asks for help.</summary>
    public IReadOnlyList<string> HelpKeywords { get; init; } = [];

    /// <summary>What is replied to who opts out; empty for nothing.</summary>
    public string OptOutReply { get; init; } = "";

    /// <summary>What is replied to who opts in; empty for nothing.</summary>
    public string OptInReply { get; init; } = "";

    /// <summary>What is replied to who asks for help; empty for nothing.</summary>
    public string HelpReply { get; init; } = "";

    /// <summary>Whether it has neither keywords nor replies.</summary>
    public bool IsEmpty => !All.Any() && OptOutReply.Length + OptInReply.Length + HelpReply.Length == 0;

    internal IEnumerable<(OptOutType Type, string Keyword)> All => Enum.GetValues<OptOutType>().SelectMany(type => Keywords(type).Select(word => (type, word)));

    /// <summary>The keywords of a kind.</summary>
    public IReadOnlyList<string> Keywords(OptOutType type) => type switch
    {
        OptOutType.Stop => OptOutKeywords,
        OptOutType.Start => OptInKeywords,
        OptOutType.Help => HelpKeywords,
    };

    /// <summary>The reply to keywords of a kind; empty for none.</summary>
    public string Reply(OptOutType type) => type switch
    {
        OptOutType.Stop => OptOutReply,
        OptOutType.Start => OptInReply,
        OptOutType.Help => HelpReply,
    };

    /// <summary>What a keyword does here and what is replied to it; null when it is none of these.</summary>
    public KeywordMatch? Match(string keyword)
    {
        foreach (var type in Enum.GetValues<OptOutType>())
            if (Keywords(type).Contains(keyword, StringComparer.OrdinalIgnoreCase)) return new(type, Reply(type));
        return null;
    }

    /// <summary>Reads keywords separated by commas; white space around them, empty ones and repeated ones are left out.</summary>
    public static IReadOnlyList<string> Read(string keywords) =>
        [.. keywords.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The same with the keywords that a standard set always has.</summary>
    internal KeywordSet WithFixed() => this with
    {
        OptOutKeywords = WithFixed(OptOutType.Stop),
        OptInKeywords = WithFixed(OptOutType.Start),
        HelpKeywords = WithFixed(OptOutType.Help),
    };

    /// <summary>Why the set cannot be (20001, naming the keyword at fault); null when it can.</summary>
    internal ApiError? Check()
    {
        foreach (var type in Enum.GetValues<OptOutType>())
        {
            if (Keywords(type).Count > MaxKeywords) return Bad($"There are more than {MaxKeywords} keywords in one list");
            if (Reply(type).Length > MaxReplyLength) return Bad($"A reply exceeds {MaxReplyLength} characters");
        }

        if (All.FirstOrDefault(row => !IsKeyword(row.Keyword)) is { Keyword: { } bad })
            return Bad($"'{bad}' is not a keyword: one word of at most {MaxKeywordLength} characters");
        if (All.FirstOrDefault(row => Domain.OptOuts.OptOutKeywords.Fixed.Any(known => known.Keyword.Is(row.Keyword) && known.Type != row.Type))
            is { Keyword: { } taken })
            return Bad($"The keyword '{taken}' always has another purpose");
        return All.GroupBy(row => row.Keyword, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? Bad($"The keyword '{twice.Key}' is in more than one list")
            : null;

        static ApiError Bad(string text) => MessagingError.BadParameter.ToApiError(text);
    }

    private static bool IsKeyword(string text) =>
        text.Length is > 0 and <= MaxKeywordLength && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == ',');

    private List<string> WithFixed(OptOutType type)
    {
        var keywords = Keywords(type);
        return
        [
            .. Domain.OptOuts.OptOutKeywords.Fixed.Where(known => known.Type == type && !keywords.Contains(known.Keyword, StringComparer.OrdinalIgnoreCase))
                .Select(known => known.Keyword),
            .. keywords,
        ];
    }
}

/// <summary>What a keyword means.</summary>
/// <param name="Type">What it does.</param>
/// <param name="Reply">What is replied; empty for nothing.</param>
public sealed record KeywordMatch(OptOutType Type, string Reply);

/// <summary>Keywords and replies for senders of one country, for one language, or for one language of one country.</summary>
/// <param name="IsoCountry">ISO 3166 code; null for all countries.</param>
/// <param name="Language">The language's name or code as it was given; null for none in particular.</param>
/// <param name="Set">The keywords and replies.</param>
public sealed record KeywordOverride(string? IsoCountry, string? Language, KeywordSet Set)
{
    /// <summary>The longest name of a language, in characters.</summary>
    public const int MaxLanguageLength = 35;

    /// <summary>Whether it is for exactly this country and language.</summary>
    public bool IsFor(string? isoCountry, string? language) =>
        IsoCountry == isoCountry && string.Equals(Language, language, StringComparison.OrdinalIgnoreCase);
}
