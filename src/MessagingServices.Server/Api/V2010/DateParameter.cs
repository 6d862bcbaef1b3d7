using System.Globalization;
using System.Linq.Expressions;

namespace MessagingServices.Server.Api.V2010;

/// <summary>A date that filters a list, in GMT.</summary>
/// <param name="Moment">The moment, or the beginning of the day.</param>
/// <param name="Day">The beginning of its day.</param>
/// <param name="HasTime">Whether the text has a time of the day.</param>
internal readonly record struct DateParameter(DateTimeOffset Moment, DateTimeOffset Day, bool HasTime)
{
    /// <summary>Reads a parameter.</summary>
    /// <exception cref="TwilioException">20001 when the text is not a date.</exception>
    public static DateParameter Read(string name, string text)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
                || moment.Year is < 1900 or > 9000)
            throw new TwilioException(MessagingError.BadParameter.ToApiError($"{name} '{text}' is not a date"));
        return new(moment, new(moment.Date, TimeSpan.Zero), text.Contains(':', StringComparison.Ordinal));
    }
}

/// <summary>Filters lists by date, as all lists of the 2010 API do.</summary>
internal static class DateFilters
{
    /// <summary>
    /// Keeps the items of a day (<paramref name="on"/>) and of a range. A date without a time includes its whole day. A
    /// date with a time is compared to the moment. Both ends belong to the range.
    /// </summary>
    /// <param name="items">The items.</param>
    /// <param name="date">The date of an item.</param>
    /// <param name="name">The parameter, for errors.</param>
    /// <param name="on">The day; null or empty for any.</param>
    /// <param name="before">The end of the range; null or empty for none.</param>
    /// <param name="after">The beginning of the range; null or empty for none.</param>
    /// <exception cref="TwilioException">20001 when a text is not a date.</exception>
    public static IQueryable<T> Within<T>(
        this IQueryable<T> items, Expression<Func<T, DateTimeOffset?>> date, string name, string? on, string? before,
        string? after)
    {
        if (!string.IsNullOrEmpty(on))
        {
            var start = DateParameter.Read(name, on).Day;
            var end = start.AddDays(1);
            items = items.Where(date, Expression.GreaterThanOrEqual, () => start)
                .Where(date, Expression.LessThan, () => end);
        }

        if (!string.IsNullOrEmpty(before))
        {
            var (moment, day, hasTime) = DateParameter.Read($"{name}<", before);
            var end = day.AddDays(1);
            items = hasTime
                ? items.Where(date, Expression.LessThanOrEqual, () => moment)
                : items.Where(date, Expression.LessThan, () => end);
        }

        if (!string.IsNullOrEmpty(after))
        {
            var (moment, day, hasTime) = DateParameter.Read($"{name}>", after);
            var start = hasTime ? moment : day;
            items = items.Where(date, Expression.GreaterThanOrEqual, () => start);
        }

        return items;
    }

    /// <summary>
    /// The limit is an expression, so that it becomes a parameter of the SQL and the compiled query is cached.
    /// </summary>
    private static IQueryable<T> Where<T>(
        this IQueryable<T> items, Expression<Func<T, DateTimeOffset?>> date,
        Func<Expression, Expression, BinaryExpression> compare, Expression<Func<DateTimeOffset?>> limit) =>
        items.Where(Expression.Lambda<Func<T, bool>>(compare(date.Body, limit.Body), date.Parameters));
}
