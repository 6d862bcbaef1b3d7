namespace MessagingServices.Server.Api.Emulator;

/// <summary>A Messaging Service's own keywords and replies.</summary>
internal sealed record AdvancedOptOutResource
{
    /// <summary>The Messaging Service.</summary>
    public required Sid ServiceSid { get; init; }

    /// <summary>Whether they hold; otherwise the default keywords do.</summary>
    public required bool Enabled { get; init; }

    /// <summary>What holds where no override has the keyword.</summary>
    public required KeywordSetResource Standard { get; init; }

    /// <summary>What holds for countries and languages; those for a language everywhere first.</summary>
    public required IReadOnlyList<KeywordOverrideResource> Overrides { get; init; }

    internal static AdvancedOptOutResource Of(AdvancedOptOut settings) => new()
    {
        ServiceSid = settings.MessagingServiceSid,
        Enabled = settings.Enabled,
        Standard = KeywordSetResource.Of(settings.Standard),
        Overrides = [.. settings.Overrides.Select(KeywordOverrideResource.Of)],
    };
}

/// <summary>Keywords of each kind, and what is replied to them.</summary>
internal sealed record KeywordSetResource
{
    /// <summary>What opts out.</summary>
    public required IReadOnlyList<string> OptOutKeywords { get; init; }

    /// <summary>What opts in again.</summary>
    public required IReadOnlyList<string> OptInKeywords { get; init; }

    /// <summary>What asks for help.</summary>
    public required IReadOnlyList<string> HelpKeywords { get; init; }

    /// <summary>What is replied to who opts out; empty for nothing.</summary>
    public required string OptOutReply { get; init; }

    /// <summary>What is replied to who opts in; empty for nothing.</summary>
    public required string OptInReply { get; init; }

    /// <summary>What is replied to who asks for help; empty for nothing.</summary>
    public required string HelpReply { get; init; }

    internal static KeywordSetResource Of(KeywordSet set) => new()
    {
        OptOutKeywords = set.OptOutKeywords,
        OptInKeywords = set.OptInKeywords,
        HelpKeywords = set.HelpKeywords,
        OptOutReply = set.OptOutReply,
        OptInReply = set.OptInReply,
        HelpReply = set.HelpReply,
    };
}

/// <summary>Keywords and replies for a country, a language, or a language of a country.</summary>
internal sealed record KeywordOverrideResource
{
    /// <summary>ISO 3166 code; null for all countries.</summary>
    public required string? IsoCountry { get; init; }

    /// <summary>The language as it was given; null for none in particular.</summary>
    public required string? Language { get; init; }

    /// <inheritdoc cref="KeywordSetResource.OptOutKeywords"/>
    public required IReadOnlyList<string> OptOutKeywords { get; init; }

    /// <inheritdoc cref="KeywordSetResource.OptInKeywords"/>
    public required IReadOnlyList<string> OptInKeywords { get; init; }

    /// <inheritdoc cref="KeywordSetResource.HelpKeywords"/>
    public required IReadOnlyList<string> HelpKeywords { get; init; }

    /// <inheritdoc cref="KeywordSetResource.OptOutReply"/>
    public required string OptOutReply { get; init; }

    /// <inheritdoc cref="KeywordSetResource.OptInReply"/>
    public required string OptInReply { get; init; }

    /// <inheritdoc cref="KeywordSetResource.HelpReply"/>
    public required string HelpReply { get; init; }

    internal static KeywordOverrideResource Of(KeywordOverride one) => new()
    {
        IsoCountry = one.IsoCountry,
        Language = one.Language,
        OptOutKeywords = one.Set.OptOutKeywords,
        OptInKeywords = one.Set.OptInKeywords,
        HelpKeywords = one.Set.HelpKeywords,
        OptOutReply = one.Set.OptOutReply,
        OptInReply = one.Set.OptInReply,
        HelpReply = one.Set.HelpReply,
    };
}
