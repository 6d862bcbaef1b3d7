using MessagingServices.Server.Api.Emulator;
using MessagingServices.Server.Api.Http;
using MessagingServices.Server.Emulator;

namespace MessagingServices.Server.Agents;

/// <summary>Finds messages.</summary>
internal sealed class SearchMessagesTool(MessageSearch search) : IAgentTool
{
    private const string Query = "query";

    /// <summary>A model reads all of them.</summary>
    private const int Max = 20;

    /// <inheritdoc/>
    public static ToolDescription Description { get; } = new(
        "search_messages", "Search messages",
        "Searches the messages of the account, newest first, at most 20. For older ones, add before: with the "
        + "date_created of the last one.",
        [
            ToolParameter.OfText(
                Query, "Words of the body, and to: from: status: error: service: direction: is:media before: after:, "
                + "for example \"to:+14155550123 status:failed\". - negates, quotes keep words together. Absent for "
                + "all messages."),
        ],
        typeof(FoundMessages)) { IsReadOnly = true };

    /// <inheritdoc/>
    public async Task<object> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var form = call.Checked(new MessageSearchForm { Query = call.Arguments.Text(Query) });
        var found = await search.SearchAsync(call.Account, MessageQuery.Parse(form.Query), null, Max, cancellation);
        return new FoundMessages(
            [.. found.Messages.Select(MessageResource.Of)], found.Last is null,
            found.Last is { } last ? new(last.DateCreated) : null);
    }

    /// <summary>What a search has found.</summary>
    /// <param name="Messages">The messages, newest first.</param>
    /// <param name="Complete">Whether there are no more.</param>
    /// <param name="SearchedUntil">The time of the last message that was searched; null when all were.</param>
    internal sealed record FoundMessages(
        IReadOnlyList<MessageResource> Messages, bool Complete, PreciseDate? SearchedUntil);
}
