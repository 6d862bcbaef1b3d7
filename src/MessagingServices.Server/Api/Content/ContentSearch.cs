using System.Runtime.CompilerServices;
using FluentValidation;
using MessagingServices.Server.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Content;

/// <summary>Which templates are listed, and in which order. An absent or empty parameter matches all.</summary>
internal sealed record ContentSearch
{
    private const string Ascending = "asc";

    /// <summary>How many templates are read at once, at least, when the server itself must look at them.</summary>
    private const int MinRead = 100;

    /// <summary>The order by the date of the last change: <c>asc</c> or <c>desc</c> (default).</summary>
    public string? SortByDate { get; init; }

    /// <summary>The order by name: <c>asc</c> or <c>desc</c>; comes before the order by date.</summary>
    public string? SortByContentName { get; init; }

    /// <summary>Those created then or later; ISO 8601.</summary>
    public string? DateCreatedAfter { get; init; }

    /// <summary>Those created then or before; ISO 8601.</summary>
    public string? DateCreatedBefore { get; init; }

    /// <summary>A regular expression that the name matches, at most 100 characters, without regard to case.</summary>
    public string? ContentName { get; init; }

    /// <summary>
    /// A regular expression that the content matches, at most 100 characters, without regard to case.
    /// </summary>
    public string? Content { get; init; }

    /// <summary>One of these languages.</summary>
    public string[]? Language { get; init; }

    /// <summary>With one of these content types, such as <c>twilio/text</c>.</summary>
    public string[]? ContentType { get; init; }

    /// <summary>With one of these approvals, such as <c>whatsapp:approved</c>.</summary>
    public string[]? ChannelEligibility { get; init; }

    /// <summary>
    /// Reads one page. The place in the order is the number of templates before it, since an order by name or change
    /// has no fixed places.
    /// </summary>
    /// <param name="approvalOf">The approval of a template now.</param>
    /// <exception cref="TwilioException">20001 when a regular expression takes too long.</exception>
    public async Task<Listing<ContentTemplate>> ReadAsync(
        MessagingDb db, Sid account, PageRequest page, Func<ContentTemplate, ApprovalStatus> approvalOf,
        CancellationToken cancellation)
    {
        var start = page.Token is { } token
            ? token.Backwards ? Math.Max(0, token.Ordinal - page.Size) : token.Ordinal
            : 0;
        var (name, content) = (ContentPattern.Read(ContentName), ContentPattern.Read(Content));
        var looks = name is not null || content is not null || Given(ChannelEligibility).Length > 0;
        var place = looks ? 0 : start;
        var (first, size) = ((int)Math.Min(place, int.MaxValue), looks ? Math.Max(page.Size, MinRead) : page.Size);
        List<ContentTemplate> found = [];
        var ordered = Order(Filter(db.ContentTemplates.Where(template => template.AccountSid == account)));
        await foreach (var template in ReadAsync(ordered.AsNoTracking(), first, size + 1, cancellation))
        {
            if (name?.IsMatch(template.FriendlyName) == false || content?.IsMatch(template.Types) == false
                || !IsEligible(approvalOf(template)) || place++ < start) continue;
            found.Add(template);
            if (found.Count > page.Size) break;
        }

        var more = found.Count > page.Size;
        if (more) found.RemoveAt(found.Count - 1);
        return new(page, found, start > 0 && found.Count > 0 ? new(true, found[0].Sid, start) : null,
            more ? new(false, found[^1].Sid, start + page.Size) : null);
    }

    /// <summary>Reads some at a time, so that nothing is read after the page is full.</summary>
    private static async IAsyncEnumerable<ContentTemplate> ReadAsync(
        IQueryable<ContentTemplate> ordered, int first, int size,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (List<ContentTemplate>? read = null; read is null || read.Count == size; first += size)
        {
            read = await ordered.Skip(first).Take(size).ToListAsync(cancellation);
            foreach (var template in read) yield return template;
        }
    }

    private IQueryable<ContentTemplate> Filter(IQueryable<ContentTemplate> templates)
    {
        if (Iso8601Time.TryParse(DateCreatedAfter, out var after))
            templates = templates.Where(template => template.DateCreated >= after);
        if (Iso8601Time.TryParse(DateCreatedBefore, out var before))
            templates = templates.Where(template => template.DateCreated <= before);
        if (Given(Language) is { Length: > 0 } languages)
            templates = templates.Where(template => languages.Contains(template.Language));
        if (Given(ContentType) is { Length: > 0 } types)
        {
            // The rules let only known names pass, which need no escapes. Each is a member, so a colon follows it.
            var members = types.Select(type => $"%\"{type}\":%").ToArray();
            templates = templates.Where(template => members.Any(type => EF.Functions.Like(template.Types, type)));
        }

        return templates;
    }

    private IOrderedQueryable<ContentTemplate> Order(IQueryable<ContentTemplate> templates)
    {
        var byDate = Is(SortByDate, Ascending);
        if (string.IsNullOrEmpty(SortByContentName))
        {
            return byDate
                ? templates.OrderBy(template => template.DateUpdated ?? template.DateCreated)
                    .ThenBy(template => template.Ordinal)
                : templates.OrderByDescending(template => template.DateUpdated ?? template.DateCreated)
                    .ThenByDescending(template => template.Ordinal);
        }

        var byName = Is(SortByContentName, Ascending)
            ? templates.OrderBy(template => template.FriendlyName)
            : templates.OrderByDescending(template => template.FriendlyName);
        return byDate ? byName.ThenBy(template => template.Ordinal)
            : byName.ThenByDescending(template => template.Ordinal);
    }

    private bool IsEligible(ApprovalStatus status) =>
        Given(ChannelEligibility) is not { Length: > 0 } eligible
        || eligible.Contains($"whatsapp:{EnumNames<ApprovalStatus>.Of(status)}", StringComparer.OrdinalIgnoreCase);

    internal static string[] Given(string[]? values) => values is null ? [] : [.. values.Where(value => value != "")];

    private static bool Is(string? text, string word) => word.Equals(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The rules for a search.</summary>
internal sealed class ContentSearchRules : AbstractValidator<ContentSearch>
{
    private const int MaxValues = 50;
    private const string Pattern = "a regular expression of at most 100 characters, with counts of at most 1000";

    public ContentSearchRules()
    {
        RuleFor(search => search.SortByDate).OneOf("", "asc", "desc")
            .ToApiError(value => $"SortByDate must be asc or desc, not '{value}'");
        RuleFor(search => search.SortByContentName).OneOf("", "asc", "desc")
            .ToApiError(value => $"SortByContentName must be asc or desc, not '{value}'");
        RuleFor(search => search.DateCreatedAfter).Must(IsDate)
            .ToApiError(value => $"DateCreatedAfter '{value}' is not a date");
        RuleFor(search => search.DateCreatedBefore).Must(IsDate)
            .ToApiError(value => $"DateCreatedBefore '{value}' is not a date");
        RuleFor(search => search.ContentName).Must(ContentPattern.IsValid)
            .ToApiError(_ => $"ContentName is not {Pattern}");
        RuleFor(search => search.Content).Must(ContentPattern.IsValid)
            .ToApiError(_ => $"Content is not {Pattern}");
        Each(search => search.Language, "Language", _ => true);
        Each(search => search.ContentType, "ContentType", ContentSchema.Names.Contains);
        Each(search => search.ChannelEligibility, "ChannelEligibility", IsEligibility);
    }

    private void Each(
        System.Linq.Expressions.Expression<Func<ContentSearch, string[]?>> field, string name,
        Func<string, bool> isValid) =>
        RuleFor(field)
            .Must(values => ContentSearch.Given(values) is { Length: <= MaxValues } given && given.All(isValid))
            .WithState(_ => MessagingError.BadParameter.ToApiError($"{name} has an unknown value, or too many"));

    private static bool IsEligibility(string text) =>
        text.Split(':') is [var channel, var status] && channel.Equals("whatsapp", StringComparison.OrdinalIgnoreCase)
        && EnumNames<ApprovalStatus>.TryParse(status.ToLowerInvariant(), out _);

    private static bool IsDate(string? text) => string.IsNullOrEmpty(text) || Iso8601Time.TryParse(text, out _);
}
