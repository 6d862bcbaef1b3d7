using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Api.Http;

/// <summary>One page of a list.</summary>
/// <param name="Request">The request for the page.</param>
/// <param name="Items">The items, in the list's order.</param>
/// <param name="Previous">The page before, if any.</param>
/// <param name="Next">The page after, if any.</param>
internal sealed record Listing<T>(PageRequest Request, IReadOnlyList<T> Items, PageToken? Previous, PageToken? Next);

/// <summary>Reads pages by the place in the order of creation, so that any page costs the same.</summary>
internal static class Listings
{
    /// <summary>Reads one page, by default newest first.</summary>
    /// <param name="items">All items that the caller may see, filtered.</param>
    /// <param name="request">Which page.</param>
    /// <param name="ordinal">The item's place in the order of creation.</param>
    /// <param name="sid">The item's SID.</param>
    /// <param name="cancellation">Cancels the query.</param>
    /// <param name="oldestFirst">Whether the list begins with the oldest.</param>
    public static async Task<Listing<T>> ReadAsync<T>(
        this IQueryable<T> items, PageRequest request, Expression<Func<T, long>> ordinal, Func<T, Sid> sid,
        CancellationToken cancellation,
        bool oldestFirst = false)
        where T : class
    {
        var place = ordinal.Compile();
        var (backwards, from) = request.Token is { } token ? (token.Backwards, token.Ordinal)
            : (false, oldestFirst ? long.MinValue : long.MaxValue);
        var rising = backwards != oldestFirst;
        var beyond = Expression.Lambda<Func<T, bool>>(
            rising
                ? Expression.GreaterThan(ordinal.Body, Expression.Constant(from))
                : Expression.LessThan(ordinal.Body, Expression.Constant(from)), ordinal.Parameters);
        var ordered = rising ? items.Where(beyond).OrderBy(ordinal) : items.Where(beyond).OrderByDescending(ordinal);
        var found = await ordered.AsNoTracking().Take(request.Size + 1).ToListAsync(cancellation);
        var more = found.Count > request.Size;
        if (more) found.RemoveAt(found.Count - 1);
        if (backwards) found.Reverse();

        var hasPrevious = backwards ? more : request.Token is not null;
        var hasNext = backwards || more;
        return new(request, found,
            hasPrevious && found.Count > 0 ? new(true, sid(found[0]), place(found[0])) : null,
            hasNext && found.Count > 0 ? new(false, sid(found[^1]), place(found[^1])) : null);
    }
}
