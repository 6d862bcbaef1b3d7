using System.Diagnostics.CodeAnalysis;
using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>A Messaging Service's own keywords and replies.</summary>
internal sealed record AdvancedOptOutResource
{
    /// <summary>The Messaging Service.</summary>
    public required Sid ServiceSid { get; init; }

    /// <summary>Whether they hold; otherwise the default keywords do.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The keywords that apply when no override has the keyword.</summary>
    public required KeywordSetResource Standard { get; init; }

    /// <summary>The keywords for countries and languages; first those for a language in all countries.</summary>
    public required IReadOnlyList<KeywordOverrideResource> Overrides { get; init; }

    internal static AdvancedOptOutResource Of(AdvancedOptOut settings) => new()
    {
        ServiceSid = settings.MessagingServiceSid,
        Enabled = settings.Enabled,
        Standard = new(settings.Standard),
        Overrides = [.. settings.Overrides.Select(present => new KeywordOverrideResource(present))],
    };
}

/// <summary>Keywords of each kind, and the replies to them.</summary>
internal abstract record KeywordSetMembers
{
    [SetsRequiredMembers]
    private protected KeywordSetMembers(KeywordSet set)
    {
        OptOutKeywords = set.OptOutKeywords;
        OptInKeywords = set.OptInKeywords;
        HelpKeywords = set.HelpKeywords;
        OptOutReply = set.OptOutReply;
        OptInReply = set.OptInReply;
        HelpReply = set.HelpReply;
    }

    /// <summary>Keywords for opt-out.</summary>
    public required IReadOnlyList<string> OptOutKeywords { get; init; }

    /// <summary>Keywords for opt-in.</summary>
    public required IReadOnlyList<string> OptInKeywords { get; init; }

    /// <summary>Keywords for help.</summary>
    public required IReadOnlyList<string> HelpKeywords { get; init; }

    /// <summary>The reply to an opt-out; empty for nothing.</summary>
    public required string OptOutReply { get; init; }

    /// <summary>The reply to an opt-in; empty for nothing.</summary>
    public required string OptInReply { get; init; }

    /// <summary>The reply to a request for help; empty for nothing.</summary>
    public required string HelpReply { get; init; }
}

/// <summary>The standard keywords and replies.</summary>
internal sealed record KeywordSetResource : KeywordSetMembers
{
    [SetsRequiredMembers]
    internal KeywordSetResource(KeywordSet set) : base(set) { }
}

/// <summary>Keywords and replies for a country, a language, or a language of a country.</summary>
internal sealed record KeywordOverrideResource : KeywordSetMembers
{
    [SetsRequiredMembers]
    internal KeywordOverrideResource(KeywordOverride present) : base(present.Set)
    {
        IsoCountry = present.IsoCountry;
        Language = present.Language;
    }

    /// <summary>The country, as its ISO 3166 code; null for all countries.</summary>
    public required string? IsoCountry { get; init; }

    /// <summary>The language as it was given; null for none in particular.</summary>
    public required string? Language { get; init; }
}

/// <summary>
/// Changes of a Messaging Service's keywords and replies. An absent field stays, an empty field is cleared.
/// </summary>
internal sealed record AdvancedOptOutForm
{
    /// <summary>Whether they hold, for all senders of the pool; otherwise the default keywords do.</summary>
    public string? Enabled { get; init; }

    /// <summary>
    /// Keywords for opt-out: up to 100 single words of at most 40 characters, separated by commas. The standard set
    /// always has STOP.
    /// </summary>
    public string? OptOutKeywords { get; init; }

    /// <summary>Keywords for opt-in, with the same limits. The standard set always has START and UNSTOP.</summary>
    public string? OptInKeywords { get; init; }

    /// <summary>Keywords for help, with the same limits. The standard set always has HELP.</summary>
    public string? HelpKeywords { get; init; }

    /// <summary>The reply to an opt-out, at most 1,600 characters; empty for nothing.</summary>
    [Shape(MaxLength = KeywordSet.MaxReplyLength)]
    public string? OptOutReply { get; init; }

    /// <summary>The reply to an opt-in, at most 1,600 characters; empty for nothing.</summary>
    [Shape(MaxLength = KeywordSet.MaxReplyLength)]
    public string? OptInReply { get; init; }

    /// <summary>The reply to a request for help, at most 1,600 characters; empty for nothing.</summary>
    [Shape(MaxLength = KeywordSet.MaxReplyLength)]
    public string? HelpReply { get; init; }

    /// <summary>
    /// Changes the override for senders of this country, two letters of ISO 3166, instead of the standard set.
    /// </summary>
    public string? IsoCountry { get; init; }

    /// <summary>
    /// Changes the override for this language, of the country or else of all: a name or code of at most 35 letters,
    /// digits and hyphens.
    /// </summary>
    public string? Language { get; init; }

    /// <summary>Applies the form, which the rules have checked.</summary>
    /// <returns>Why not: see <see cref="AdvancedOptOut.Change"/>.</returns>
    internal ApiError? ApplyTo(AdvancedOptOut settings)
    {
        if (settings.Change(
            IsoCountry.ToCountry(), string.IsNullOrEmpty(Language) ? null : Language, Apply) is { } error) return error;
        settings.Enabled = Enabled.OrKeep(settings.Enabled);
        return null;
    }

    private KeywordSet Apply(KeywordSet present) => new()
    {
        OptOutKeywords = OptOutKeywords is null ? present.OptOutKeywords : KeywordSet.Read(OptOutKeywords),
        OptInKeywords = OptInKeywords is null ? present.OptInKeywords : KeywordSet.Read(OptInKeywords),
        HelpKeywords = HelpKeywords is null ? present.HelpKeywords : KeywordSet.Read(HelpKeywords),
        OptOutReply = OptOutReply ?? present.OptOutReply,
        OptInReply = OptInReply ?? present.OptInReply,
        HelpReply = HelpReply ?? present.HelpReply,
    };
}

/// <summary>
/// A switch, a country and a language; keywords and replies are judged together with those that are there.
/// </summary>
internal sealed class AdvancedOptOutRules : AbstractValidator<AdvancedOptOutForm>
{
    public AdvancedOptOutRules()
    {
        RuleFor(form => form.Enabled).Boolean(nameof(AdvancedOptOutForm.Enabled));
        RuleFor(form => form.IsoCountry).Country(nameof(AdvancedOptOutForm.IsoCountry));
        RuleFor(form => form.Language)
            .Must(
                new() { Pattern = "^[A-Za-z0-9-]+$", MaxLength = KeywordOverride.MaxLanguageLength },
                language => string.IsNullOrEmpty(language)
                || (language.Length <= KeywordOverride.MaxLanguageLength
                    && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
            .ToApiError(language => $"Language '{language}' is not the name or code of a language");
    }
}
