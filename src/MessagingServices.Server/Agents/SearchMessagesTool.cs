using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;

namespace MessagingServices.Server.Agents;

/// <summary>Finds messages.</summary>
internal sealed class SearchMessagesTool(MessageSearch search) : IAgentTool
{
    private const string Query = "query";
    private const string Page = "page";

    /// <summary>A model reads all of them.</summary>
    private const int Max = 20;

    private const int MaxShown = 100;

    /// <inheritdoc/>
    public static ToolDescription Description { get; } = new(
        "search_messages", "Search messages",
        "Searches the messages of the account, newest first, at most 20. For older ones, call again with the same "
        + "query, and the next_page of the result as page. A page may be empty: go on until complete is true.",
        [
            ToolParameter.OfText(
                Query, "Words of the body, and to: from: status: error: service: direction: is:media before: after:, "
                + "for example \"to:+14155550123 status:failed\". - negates, quotes keep words together, before: and "
                + "after: take a day or a time in ISO 8601. Absent for all messages."),
            ToolParameter.OfText(Page, "The next_page of the result before. Absent for the newest messages."),
        ],
        typeof(FoundMessages)) { IsReadOnly = true };

    /// <inheritdoc/>
    public async Task<object> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var form = call.Checked(new MessageSearchForm { Query = call.Arguments.Text(Query) });
        var found = await search.SearchAsync(
            call.Account, MessageQuery.Parse(form.Query), PageOf(call)?.Ordinal, Max, cancellation);
        return new FoundMessages(
            [.. found.Messages.Select(ListedMessage.Of)], found.Last is null,
            found.Last is { } last ? $"{new PageToken(Backwards: false, last.Sid, last.Ordinal)}" : null);
    }

    private static PageToken? PageOf(ToolCall call) => call.Arguments.Text(Page) switch
    {
        null or "" => null,
        var text when PageToken.TryParse(text, out var token) && !token.Backwards => token,
        var text => throw ToolArguments.Wrong(
            $"{Page} must be the next_page of a result, not '{ShortText.Of(text, MaxShown)}'"),
    };

    /// <summary>What a search has found.</summary>
    /// <param name="Messages">The messages, newest first.</param>
    /// <param name="Complete">Whether there are no more.</param>
    /// <param name="NextPage">The page of the next call; null when all messages were searched.</param>
    internal sealed record FoundMessages(IReadOnlyList<ListedMessage> Messages, bool Complete, string? NextPage);
}
