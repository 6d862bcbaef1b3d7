using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Emulator;

/// <summary>How far a request searches.</summary>
/// <param name="Rows">The messages of a window. Each request covers at least one window.</param>
/// <param name="Time">No window begins that would probably end later than this.</param>
internal sealed record SearchLimits(int Rows, TimeSpan Time)
{
    /// <summary>A window is 20 to 150 ms with bodies of usual length.</summary>
    public static readonly SearchLimits Default = new(50_000, TimeSpan.FromMilliseconds(300));
}

/// <summary>What a search has found.</summary>
/// <param name="Messages">The messages, newest first.</param>
/// <param name="Last">The last message that was searched; null when all were.</param>
internal sealed record SearchResult(IReadOnlyList<Message> Messages, SearchPosition? Last);

/// <summary>A place in the search.</summary>
/// <param name="Ordinal">The place of the message in the order of creation.</param>
/// <param name="DateCreated">When it was created.</param>
internal sealed record SearchPosition(Sid Sid, long Ordinal, DateTimeOffset DateCreated);

/// <summary>
/// Searches the messages of one account, newest first. Recipient, sender and failures have indexes, and messages that
/// wait are in the queues. Everything else is searched in windows, so that a request never reads all messages.
/// </summary>
internal sealed class MessageSearch(MessagingDb db, SearchLimits limits)
{
    /// <summary>Searches until there are enough messages, or the time is over.</summary>
    /// <param name="account">The account.</param>
    /// <param name="query">The query.</param>
    /// <param name="before">Only older messages; null to begin with the newest.</param>
    /// <param name="max">The maximum number of messages.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public async Task<SearchResult> SearchAsync(
        Sid account, MessageQuery query, long? before, int max, CancellationToken cancellation)
    {
        var plan = await SearchPlan.OfAsync(db, account, query.Terms, limits.Rows, cancellation);
        var from = before ?? long.MaxValue;
        List<Message> found = [];
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var windowBegan = Stopwatch.GetTimestamp();
            var end = plan.Filters.Count == 0 ? null : await EndOfWindowAsync(plan.Candidates, from, cancellation);
            var window = plan.Candidates.Where(message => message.Ordinal < from);
            if (end is { } last) window = window.Where(message => message.Ordinal >= last);
            found.AddRange(await plan.Filters.Aggregate(window, (messages, term) => messages.Where(term))
                .OrderByDescending(message => message.Ordinal).Take(max + 1 - found.Count)
                .AsNoTracking().ToListAsync(cancellation));
            if (found.Count > max)
            {
                found.RemoveAt(max);
                return new(found, new(found[^1].Sid, found[^1].Ordinal, found[^1].DateCreated));
            }

            if (end is not { } reached) return new(found, null);
            from = reached;
            if (Stopwatch.GetElapsedTime(began) + Stopwatch.GetElapsedTime(windowBegan) > limits.Time)
                return new(found, await PositionAsync(plan.Candidates, reached, cancellation));
        }
    }

    /// <summary>
    /// The place of the last message of a window; null when the window has all that are left. It reads the index alone,
    /// which takes a quarter of the time that the rows take.
    /// </summary>
    private async Task<long?> EndOfWindowAsync(
        IQueryable<Message> candidates, long from, CancellationToken cancellation)
    {
        var end = await candidates.Where(message => message.Ordinal < from)
            .OrderByDescending(message => message.Ordinal).Select(message => message.Ordinal)
            .Skip(limits.Rows - 1).Take(1).ToListAsync(cancellation);
        return end.Count == 0 ? null : end[0];
    }

    /// <summary>The last message that was searched, with the SID of the next one if it was deleted since.</summary>
    private static Task<SearchPosition?> PositionAsync(
        IQueryable<Message> candidates, long end, CancellationToken cancellation) =>
        candidates.Where(message => message.Ordinal <= end).OrderByDescending(message => message.Ordinal)
            .Select(message => new SearchPosition(message.Sid, end, message.DateCreated))
            .FirstOrDefaultAsync(cancellation);
}
