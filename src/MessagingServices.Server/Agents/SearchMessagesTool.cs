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
        + "searched_until of the result.",
        [
            ToolParameter.OfText(
                Query, "Words of the body, and to: from: status: error: service: direction: is:media before: after:, "
                + "for example \"to:+14155550123 status:failed\". - negates, quotes keep words together, before: and "
                + "after: take a day or a time in ISO 8601. Absent for all messages."),
        ],
        typeof(FoundMessages)) { IsReadOnly = true };

    /// <inheritdoc/>
    public async Task<object> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var form = call.Checked(new MessageSearchForm { Query = call.Arguments.Text(Query) });
        var found = await search.SearchAsync(call.Account, MessageQuery.Parse(form.Query), null, Max, cancellation);
        return new FoundMessages(
            [.. found.Messages.Select(ListedMessage.Of)], found.Last is null,
            found.Last is { } last ? new(NextMillisecond(last.DateCreated)) : null);
    }

    // The date is written in milliseconds. Rounded down, the next call would miss messages of the same one.
    private static DateTimeOffset NextMillisecond(DateTimeOffset moment) =>
        moment.AddTicks(TimeSpan.TicksPerMillisecond - (moment.Ticks % TimeSpan.TicksPerMillisecond));

    /// <summary>What a search has found.</summary>
    /// <param name="Messages">The messages, newest first.</param>
    /// <param name="Complete">Whether there are no more.</param>
    /// <param name="SearchedUntil">
    /// With <c>before:</c>, where the next call goes on; null when all messages were searched. It is after all messages
    /// of the last millisecond, so that none is missed: the last messages of this call come again.
    /// </param>
    internal sealed record FoundMessages(
        IReadOnlyList<ListedMessage> Messages, bool Complete, PreciseDate? SearchedUntil);
}
