using FluentValidation;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>Which messages are searched for.</summary>
internal sealed record MessageSearchForm
{
    /// <summary>
    /// Words of the body, and <c>to:</c>, <c>from:</c>, <c>status:</c>, <c>error:</c>, <c>service:</c>,
    /// <c>direction:</c>, <c>is:media</c>, <c>before:</c>, <c>after:</c>. <c>-</c> negates, quotes keep words together.
    /// Absent or empty for all messages.
    /// </summary>
    public string? Query { get; init; }
}

/// <summary>A query has a limited length. What its terms mean is for <see cref="MessageQuery"/> to say.</summary>
internal sealed class MessageSearchRules : AbstractValidator<MessageSearchForm>
{
    public MessageSearchRules() => RuleFor(form => form.Query).AtMost("Query", MessageQuery.MaxLength);
}

/// <summary>A page of a search, which may be empty although there are more.</summary>
/// <param name="Meta">The paging; <c>next_page_url</c> goes on from where this page stopped.</param>
/// <param name="SearchedUntil">
/// The time of creation of the last message that was searched, ISO 8601; null when all were.
/// </param>
/// <param name="Complete">Whether all messages were searched, so that there is no next page.</param>
/// <param name="Messages">The messages that match, newest first.</param>
internal sealed record MessageSearchPage(
    PageMeta Meta, PreciseDate? SearchedUntil, bool Complete, IReadOnlyList<MessageResource> Messages)
{
    private const string Key = "messages";

    /// <summary>Makes the page; its URLs name the address that the request came to.</summary>
    public static MessageSearchPage Of(HttpRequest request, PageRequest page, SearchResult result)
    {
        var links = new PageLinks(request.AbsoluteUrl(request.RequestedPath()), request, page);
        var next = result.Last is { } last ? new PageToken(Backwards: false, last.Sid, last.Ordinal) : null;
        return new(
            new(page.Page, page.Size, links.First, null, links.This, links.Next(next), Key),
            result.Last is { } end ? new(end.DateCreated) : null, result.Last is null,
            [.. result.Messages.Select(MessageResource.Of)]);
    }
}
